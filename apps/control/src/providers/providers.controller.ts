import { SERVICE_CONTEXT, type ServiceContext } from '@kontaktor/service';
import { Get, Inject } from '@nestjs/common';
import { z } from 'zod';
import { ApiController } from '../http/api-controller';
import { Documented } from '../http/openapi';
import { announcedAdapters } from './adapter-directory';

const providersView = z.object({
  providers: z.array(
    z.object({
      provider: z.string(),
      title: z.string(),
      roles: z.array(z.string()),
      /** JSON Schema; drives forms. */
      settingsSchema: z.record(z.string(), z.unknown()),
      secrets: z.array(z.string()),
      capabilities: z.record(z.string(), z.unknown()),
      fields: z.record(z.string(), z.unknown()),
      webhookEndpoints: z.array(z.string()),
    }),
  ),
});

@ApiController('providers', 'Providers')
export class ProvidersController {
  constructor(@Inject(SERVICE_CONTEXT) private readonly context: ServiceContext) {}

  @Get()
  @Documented({ summary: 'The providers that run here, with their settings and fields', answers: providersView })
  async list(): Promise<z.infer<typeof providersView>> {
    const adapters = [...(await announcedAdapters(this.context.database)).values()];
    return { providers: adapters.map(({ url: _internal, ...provider }) => provider) };
  }
}
