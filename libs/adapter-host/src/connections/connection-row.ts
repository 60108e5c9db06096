/** A connection as claims of work bring it along. */
export interface ConnectionRow {
  readonly workspace_id: string;
  readonly connection_id: string;
  readonly connection_version: number;
  readonly settings: Record<string, unknown>;
  readonly sealed_secrets: string;
  readonly registry_epoch: number;
}

/** Columns of `ConnectionRow`, of the table under this alias. */
export const connectionColumns = (alias: string): string =>
  `${alias}.workspace_id, ${alias}.connection_id, ${alias}.version AS connection_version, ${alias}.settings, ${alias}.sealed_secrets, ${alias}.registry_epoch`;

export const nameOf = ({ workspace_id, connection_id }: Pick<ConnectionRow, 'workspace_id' | 'connection_id'>): string =>
  `${workspace_id}/${connection_id}`;
