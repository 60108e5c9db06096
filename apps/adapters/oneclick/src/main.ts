import { runAsProcess } from '@kontaktor/service';
import { oneclickService } from './index';

void runAsProcess(oneclickService);
