import { Client } from 'pg';
import { BackupRefused } from '../backup-refused';

/** Connects to each database, and hangs up when the work is done. */
export async function withDatabases<T>(urls: readonly string[], work: (clients: readonly Client[]) => Promise<T>): Promise<T> {
  const clients = urls.map((connectionString) => new Client({ connectionString, application_name: 'kontaktor backup' }));
  try {
    for (const client of clients) await client.connect().catch((error: Error) => refuse(client, error));
    return await work(clients);
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
}

function refuse({ host, port, database }: Client, { message }: Error): never {
  throw new BackupRefused(`The database ${database ?? ''} at ${host}:${port} cannot be reached: ${message}`);
}
