import { accountSchemaTold } from '@kontaktor/contracts';
import { ServiceTokenGuard } from '@kontaktor/service';
import { BadRequestException, Body, Controller, HttpCode, Inject, Post, UseGuards } from '@nestjs/common';
import { REGISTRY_PARTS, type RegistryParts } from '../registry-parts';
import { keepSchema } from './keep-schema';

@Controller('internal/schemas')
@UseGuards(ServiceTokenGuard)
export class SchemasController {
  constructor(@Inject(REGISTRY_PARTS) private readonly parts: RegistryParts) {}

  /** Answered when it is kept: whoever reads after that finds what drifted. */
  @Post()
  @HttpCode(204)
  async told(@Body() body: unknown): Promise<void> {
    const told = accountSchemaTold.safeParse(body);
    if (!told.success) throw new BadRequestException(told.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`));
    await keepSchema(this.parts, told.data);
  }
}
