export { ecomail } from './adapter';
