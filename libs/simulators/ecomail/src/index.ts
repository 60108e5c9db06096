export type { EcomailAccount, Subscriber } from './account';
export { startEcomailSimulator, type EcomailSimulator, type EcomailSimulatorOptions } from './start-simulator';
export { sampleEcomailAccount, type SampleEcomailOptions } from './sample-account';
