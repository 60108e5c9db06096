import { runAsProcess } from '@kontaktor/service';
import { ecomailService } from './index';

void runAsProcess(ecomailService);
