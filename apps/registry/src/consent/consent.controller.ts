import type { ConsentReport } from '@kontaktor/contracts';
import { ServiceTokenGuard } from '@kontaktor/service';
import { BadRequestException, Controller, Get, Inject, Param, Query, UseGuards } from '@nestjs/common';
import { REGISTRY_PARTS, type RegistryParts } from '../registry-parts';
import { consentReport } from './consent-report';

const page = { usual: 500, most: 1000 };

/** What control shows of consent. Shapes: `internal/consent-views` of the contracts. */
@Controller('internal/workspaces/:workspaceId/consent')
@UseGuards(ServiceTokenGuard)
export class ConsentController {
  constructor(@Inject(REGISTRY_PARTS) private readonly parts: RegistryParts) {}

  @Get('report')
  report(
    @Param('workspaceId') workspaceId: string,
    @Query('after') after: string = '0',
    @Query('limit') limit: string | undefined,
  ): Promise<ConsentReport> {
    if (!/^\d{1,15}$/.test(after)) throw new BadRequestException('after must be the "next" of an earlier answer');
    const wanted = Number(limit ?? page.usual);
    const sound = Number.isInteger(wanted) && wanted > 0 ? Math.min(wanted, page.most) : page.usual;
    return consentReport(this.parts.database, workspaceId, { after, limit: sound });
  }
}
