export * from './simulator-server';
export * from './simulator-clock';
export * from './route';
export { FaultBox, type Fault } from './fault-box';
export type { JournalEntry } from './request-journal';
export * from './state-file';
export * from './prague-time';
