// jest's global set-up for *.int.spec.ts and *.e2e-spec.ts: one Postgres (unless TEST_DATABASE_URL names one) for the whole run.
import { startPostgres } from './postgres.mjs';

export default async function setup() {
  globalThis.kontaktorServers ??= [];
  if (process.env.TEST_DATABASE_URL === undefined) {
    const postgres = await startPostgres();
    globalThis.kontaktorServers.push(postgres);
    process.env.TEST_DATABASE_URL = postgres.url;
  }
}
