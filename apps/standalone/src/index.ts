export { standaloneEnvironment } from './arguments';
export { startHub, type Hub, type HubOptions } from './start-hub';
export { adapterNames, services } from './services';
