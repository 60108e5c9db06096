export { schedulerOn, schedulerService } from './scheduler-service';
export type { Clock } from './clock';
