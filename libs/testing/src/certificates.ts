import { execFile } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Files in PEM. */
export interface CertificateFiles {
  readonly cert: string;
  readonly key: string;
}

export interface CertificateAuthority {
  /** Its own certificate. */
  readonly ca: string;
  /** For the loopback address, and to show who one is: `name` is the common name. */
  issue(name: string): Promise<CertificateFiles>;
}

const keyOptions = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** A certificate authority of a test's own, by the program `openssl`; what it issues is good for two days. */
export async function startCertificateAuthority(): Promise<CertificateAuthority> {
  const folder = await mkdtemp(join(tmpdir(), 'kontaktor-certificates-'));
  const [ca, caKey] = [join(folder, 'ca.crt'), join(folder, 'ca.key')];
  await openssl(['req', '-x509', ...keyOptions, '-keyout', caKey, '-out', ca, '-subj', '/CN=kontaktor-test-ca', '-days', '2']);
  return {
    ca,
    issue: async (name) => {
      const [cert, key, request, names] = ['crt', 'key', 'csr', 'ext'].map((end) => join(folder, `${name}.${end}`));
      if (cert === undefined || key === undefined || request === undefined || names === undefined) throw new Error('four names are made');
      await writeFile(names, 'subjectAltName=IP:127.0.0.1,DNS:localhost');
      await openssl(['req', ...keyOptions, '-keyout', key, '-out', request, '-subj', `/CN=${name}`]);
      const signing = ['-CA', ca, '-CAkey', caKey, '-CAcreateserial', '-days', '2', '-extfile', names];
      await openssl(['x509', '-req', '-in', request, ...signing, '-out', cert]);
      return { cert, key };
    },
  };
}

async function openssl(args: readonly string[]): Promise<void> {
  await promisify(execFile)('openssl', [...args]).catch((error: Error) => {
    throw new Error(`These tests make certificates with the program openssl, which failed: ${error.message}`);
  });
}
