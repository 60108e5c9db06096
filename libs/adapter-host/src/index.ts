export { adapterService } from './adapter-service';
export { hostEnvironment } from './host-environment';
