import { lastLookRequest, type LastLookAnswer } from '@kontaktor/contracts';
import { ServiceTokenGuard } from '@kontaktor/service';
import { BadRequestException, Body, Controller, HttpCode, Inject, Post, UseGuards } from '@nestjs/common';
import { REGISTRY_PARTS, type RegistryParts } from '../registry-parts';
import { lastLook } from './last-look';

@Controller('internal/last-look')
@UseGuards(ServiceTokenGuard)
export class LastLookController {
  constructor(@Inject(REGISTRY_PARTS) private readonly parts: RegistryParts) {}

  @Post()
  @HttpCode(200)
  async look(@Body() body: unknown): Promise<LastLookAnswer> {
    const request = lastLookRequest.safeParse(body);
    if (!request.success) throw new BadRequestException(request.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`));
    return { verdicts: await lastLook(this.parts.database, request.data.items, new Date().toISOString()) };
  }
}
