import { BatchServer } from '@kontaktor/messaging';
import { Module, type DynamicModule } from '@nestjs/common';
import { DeadLettersController } from './http/dead-letters.controller';
import { HealthController } from './http/health.controller';
import { SERVICE_CONTEXT, type ServiceContext, type ServiceDefinition } from './service-context';

/** The root of every service: its own module, and what all have (health, metrics, dead letters). */
@Module({})
export class ServiceModule {
  static of(definition: ServiceDefinition, context: ServiceContext, server: BatchServer): DynamicModule {
    const shared = [
      { provide: SERVICE_CONTEXT, useValue: context },
      { provide: BatchServer, useValue: server },
    ];
    return {
      module: ServiceModule,
      global: true,
      imports: [definition.module],
      controllers: [HealthController, DeadLettersController],
      providers: shared,
      exports: [SERVICE_CONTEXT, BatchServer],
    };
  }
}
