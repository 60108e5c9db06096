import { Module, type DynamicModule } from '@nestjs/common';
import { CLOCK, type Clock } from './clock';
import { FiringLoop } from './firing/firing-loop';
import { LinksController } from './links/links.controller';

@Module({ controllers: [LinksController], providers: [FiringLoop] })
export class SchedulerModule {
  static on(clock: Clock): DynamicModule {
    return { module: SchedulerModule, providers: [{ provide: CLOCK, useValue: clock }] };
  }
}
