export { adapterService } from './adapter-service';
