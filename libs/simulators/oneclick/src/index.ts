export type { Contact, DiaryEntry, MarkRow, OneclickAccount } from './account';
export { startOneclickSimulator, type OneclickSimulator, type OneclickSimulatorOptions } from './start-simulator';
export { emptyOneclickAccount, sampleOneclickAccount, type SampleOptions } from './sample-account';
