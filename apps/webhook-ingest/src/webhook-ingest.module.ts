import { PrivacyModule } from '@kontaktor/privacy';
import { Module } from '@nestjs/common';
import { ConnectionsController } from './endpoints/connections.controller';
import { eraseDeliveries } from './receiving/erase-deliveries';
import { HookRoutes } from './receiving/hook-routes';

@Module({ imports: [PrivacyModule.of(eraseDeliveries)], controllers: [ConnectionsController], providers: [HookRoutes] })
export class WebhookIngestModule {}
