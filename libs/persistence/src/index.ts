export * from './database';
export * from './database-errors';
export * from './insert-rows';
export * from './migrations';
export * from './leases';
export { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded/embedded-postgres';
