import 'reflect-metadata';
import { runAsProcess } from '@kontaktor/service';
import { registryService } from './index';

void runAsProcess(registryService);
