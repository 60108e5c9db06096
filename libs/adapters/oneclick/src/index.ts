export { oneclick } from './adapter';
