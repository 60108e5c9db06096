export * from './database';
export * from './database-errors';
export * from './insert-rows';
export type { Migration } from './migrations';
export type { EntityClass } from './data-source';
export * from './leases';
export { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded/embedded-postgres';
