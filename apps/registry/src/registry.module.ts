import { Module } from '@nestjs/common';
import { ConsentController } from './consent/consent.controller';
import { SchemasController } from './drift/schemas.controller';
import { RegistryController } from './handlers/registry.controller';
import { LastLookController } from './last-look/last-look.controller';
import { PrivacyController } from './privacy/privacy.controller';
import { RegistryLoops } from './registry-loops';
import { REGISTRY_PARTS } from './registry-parts';
import { ViewsController } from './views/views.controller';

@Module({
  controllers: [RegistryController, LastLookController, ViewsController, ConsentController, PrivacyController, SchemasController],
  providers: [RegistryLoops, { provide: REGISTRY_PARTS, inject: [RegistryLoops], useFactory: ({ parts }: RegistryLoops) => parts }],
})
export class RegistryModule {}
