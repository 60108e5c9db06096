import { Module } from '@nestjs/common';
import { ConnectionsController } from './endpoints/connections.controller';
import { HookRoutes } from './receiving/hook-routes';

@Module({ controllers: [ConnectionsController], providers: [HookRoutes] })
export class WebhookIngestModule {}
