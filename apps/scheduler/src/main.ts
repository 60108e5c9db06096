import { runAsProcess } from '@kontaktor/service';
import { schedulerService } from './scheduler-service';

void runAsProcess(schedulerService);
