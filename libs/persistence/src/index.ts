export * from './database';
export * from './database-errors';
export * from './insert-rows';
export type { Migration } from './migrations';
export type { EntityClass } from './data-source';
export * from './leases';
export { LeaseEntity } from './tables/lease.entity';
export { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded/embedded-postgres';
export { schemaDrift } from './drift';
