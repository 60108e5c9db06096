export { startServices, type Services, type ServicesOptions } from './start-services';
export { appFolders, serviceNames, type ServiceName } from './service-names';
export { freePorts } from './free-ports';
export type { ServiceProcess } from './service-process';
