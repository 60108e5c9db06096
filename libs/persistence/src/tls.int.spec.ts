import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort, startCertificateAuthority, type CertificateAuthority } from '@kontaktor/testing';
import { Database } from './database';

const program = resolve(__dirname, '../../../tools/test-servers/durable-postgres.mjs');

describe('a Postgres that speaks TLS', () => {
  let authority: CertificateAuthority;
  let url: string;
  let server: ChildProcess;

  beforeAll(async () => {
    authority = await startCertificateAuthority();
    const { cert, key } = await authority.issue('postgres');
    const [folder, port] = [await mkdtemp(join(tmpdir(), 'kontaktor-tls-')), await freePort()];
    // Postgres does not run as root, and its user has to get in.
    await chmod(folder, 0o755);
    server = spawn(process.execPath, [program, join(folder, 'data'), String(port), cert, key], { stdio: ['pipe', 'pipe', 'inherit'] });
    await new Promise<void>((done, fail) => {
      server.stdout?.once('data', () => done());
      server.once('exit', () => fail(new Error('Postgres of the test did not start')));
    });
    url = `postgres://kontaktor:kontaktor@127.0.0.1:${port}/postgres`;
  }, 60_000);
  afterAll(async () => {
    const gone = new Promise((done) => server.once('exit', done));
    server.stdin?.end();
    await gone;
  });

  const isEncrypted = async (options: { url: string; ca?: string }): Promise<boolean | undefined> => {
    const database = new Database({ ...options, schema: 'public', poolSize: 1 });
    try {
      const [row] = await database.query<{ ssl: boolean }>('SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()');
      return row?.ssl;
    } finally {
      await database.close();
    }
  };
  const strangersCa = async () => readFile((await startCertificateAuthority()).ca, 'utf8');

  it('[F16] is spoken to encrypted, and only when its certificate is of the authority given beside the URL', async () => {
    expect(await isEncrypted({ url, ca: await readFile(authority.ca, 'utf8') })).toBe(true);
    await expect(isEncrypted({ url, ca: await strangersCa() })).rejects.toThrow(/certificate/);
    expect(await isEncrypted({ url })).toBe(false);
  });

  it('[F16] is spoken to encrypted when the URL itself says so', async () => {
    expect(await isEncrypted({ url: `${url}?sslmode=verify-full&sslrootcert=${authority.ca}` })).toBe(true);
    const stranger = await startCertificateAuthority();
    await expect(isEncrypted({ url: `${url}?sslmode=verify-full&sslrootcert=${stranger.ca}` })).rejects.toThrow(/certificate/);
  });
});
