import { messagingEntities } from '@kontaktor/messaging';
import type { ServiceDefinition } from '@kontaktor/service';
import { databaseClock, type Clock } from './clock';
import { SchedulerModule } from './scheduler.module';
import { schedulerMigrations } from './scheduler-migrations';
import { FiredSlotEntity } from './tables/fired-slot.entity';
import { LinkScheduleEntity } from './tables/link-schedule.entity';

/** Far longer than a slot could come up again: a link's next slot only ever grows. */
const firedSlotDays = 90;

/** The scheduler by a clock of one's own. */
export const schedulerOn = (clock: Clock): ServiceDefinition => ({
  name: 'scheduler',
  migrations: schedulerMigrations,
  entities: [...messagingEntities, LinkScheduleEntity, FiredSlotEntity],
  module: SchedulerModule.on(clock),
  retention: [{ table: 'fired_slots', column: 'fired_at', days: firedSlotDays }],
});

/** Asks for a full run of each link when a slot of its schedule has come. */
export const schedulerService: ServiceDefinition = schedulerOn(databaseClock);
