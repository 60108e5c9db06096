import { DefaultNamingStrategy, type Table } from 'typeorm';

/** Postgres cuts names to this many bytes; ours are ASCII. */
const longestName = 63;

/** Names as Postgres gives them to what a migration leaves unnamed, so that entities and migrations need not name every key. */
export class PostgresNames extends DefaultNamingStrategy {
  override columnName(propertyName: string, customName: string | undefined): string {
    return customName ?? propertyName.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  }

  override primaryKeyName(table: Table | string): string {
    return constraintName(this.getTableName(table), '', 'pkey');
  }

  override uniqueConstraintName(table: Table | string, columns: string[]): string {
    return constraintName(this.getTableName(table), columns.join('_'), 'key');
  }

  override foreignKeyName(table: Table | string, columns: string[]): string {
    return constraintName(this.getTableName(table), columns.join('_'), 'fkey');
  }
}

/** `table_columns_key`; what is too long loses the ends of its longer part (as makeObjectName of Postgres does). */
function constraintName(tablePath: string, columns: string, suffix: string): string {
  const parts = [tablePath.split('.').at(-1) ?? tablePath, columns];
  const room = longestName - suffix.length - (columns === '' ? 1 : 2);
  while (parts.join('').length > room) {
    const longer = (parts[0] ?? '').length > (parts[1] ?? '').length ? 0 : 1;
    parts[longer] = (parts[longer] ?? '').slice(0, -1);
  }
  return [...parts, suffix].filter((part) => part !== '').join('_');
}
