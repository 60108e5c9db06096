export * from './sealing';
export * from './read-config';
