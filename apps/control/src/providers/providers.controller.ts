import { providersView, type ProvidersView } from '@kontaktor/contracts';
import { SERVICE_CONTEXT, type ServiceContext } from '@kontaktor/service';
import { Get, Inject } from '@nestjs/common';
import { ApiController } from '../http/api-controller';
import { Documented } from '../api-document/documented';
import { announcedAdapters } from './adapter-directory';

@ApiController('providers', 'Providers')
export class ProvidersController {
  constructor(@Inject(SERVICE_CONTEXT) private readonly context: ServiceContext) {}

  @Get()
  @Documented({ summary: 'The providers that run here, with their settings and fields', answers: providersView })
  async list(): Promise<ProvidersView> {
    const adapters = [...(await announcedAdapters(this.context.database)).values()];
    return { providers: adapters.map(({ url: _internal, ...provider }) => provider) };
  }
}
