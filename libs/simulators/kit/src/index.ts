export * from './simulator-server';
export * from './route';
export * from './fault-box';
export * from './state-file';
