import { describeAdapter } from '@kontaktor/adapter-kit-testing';
import { oneclick } from '../src';
import { startOneclick } from './start-oneclick';

describeAdapter(oneclick, () => startOneclick());
