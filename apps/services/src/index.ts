export { startServices, type Services, type ServicesOptions } from './start-services';
export { serviceNames, type ServiceName } from './service-names';
export type { ServiceProcess } from './service-process';
