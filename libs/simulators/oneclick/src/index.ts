export type { Contact, DiaryEntry, OneclickAccount } from './account';
export { pragueTime } from './account';
export { startOneclickSimulator, type OneclickSimulator, type OneclickSimulatorOptions } from './start-simulator';
export { sampleOneclickAccount, type SampleOptions } from './sample-account';
