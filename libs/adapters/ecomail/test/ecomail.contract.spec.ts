import { describeAdapter } from '@kontaktor/adapter-kit-testing';
import { ecomail } from '../src';
import { startEcomail } from './start-ecomail';

describeAdapter(ecomail, startEcomail);
