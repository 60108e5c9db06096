import { erasureQuestion, type ErasurePreview, type ErasureReceipt, type ErasuresView } from '@kontaktor/contracts';
import { ServiceTokenGuard } from '@kontaktor/service';
import {
  BadRequestException,
  Body,
  Controller,
  Get,
  HttpCode,
  Inject,
  NotFoundException,
  Param,
  Post,
  Query,
  StreamableFile,
  UseGuards,
} from '@nestjs/common';
import { REGISTRY_PARTS, type RegistryParts } from '../registry-parts';
import { erasureReceiptOf, erasureReceipts } from './erasure-receipts';
import { streamPerson } from './export/stream-person';
import { previewErasure } from './preview-erasure';

/** Erasures and exports of single people. Shapes: `erasure/privacy-views` of the contracts. */
@Controller('internal/workspaces/:workspaceId/privacy')
@UseGuards(ServiceTokenGuard)
export class PrivacyController {
  constructor(@Inject(REGISTRY_PARTS) private readonly parts: RegistryParts) {}

  @Post('preview')
  @HttpCode(200)
  preview(@Param('workspaceId') workspaceId: string, @Body() body: unknown): Promise<ErasurePreview> {
    const question = questionIn(body);
    return this.parts.database.transaction((tx) => previewErasure(tx, this.parts.personKey, workspaceId, question));
  }

  /** The address stands in the body: addresses of pages end up in logs. */
  @Post('export')
  @HttpCode(200)
  export(@Param('workspaceId') workspaceId: string, @Body() body: unknown): StreamableFile {
    const question = questionIn(body);
    return new StreamableFile(streamPerson(this.parts.database, workspaceId, question), { type: 'application/json' });
  }

  @Get('erasures')
  async erasures(@Param('workspaceId') workspaceId: string, @Query('limit') limit?: string): Promise<ErasuresView> {
    const most = Math.min(200, Math.max(1, Math.trunc(Number(limit ?? 50)) || 50));
    return { erasures: await erasureReceipts(this.parts.database, workspaceId, most) };
  }

  @Get('erasures/:erasureId')
  async receipt(@Param('workspaceId') workspaceId: string, @Param('erasureId') erasureId: string): Promise<ErasureReceipt> {
    const receipt = await erasureReceiptOf(this.parts.database, workspaceId, erasureId);
    if (receipt === undefined) throw new NotFoundException('There is no such erasure, or it has not begun yet.');
    return receipt;
  }
}

function questionIn(body: unknown) {
  const read = erasureQuestion.safeParse(body);
  if (!read.success) throw new BadRequestException(read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`));
  return read.data;
}
