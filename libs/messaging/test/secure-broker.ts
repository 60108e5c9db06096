import { copyFile, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startCertificateAuthority, startKafkaBroker, type CertificateAuthority } from '@kontaktor/testing';

export interface SecureBroker {
  readonly authority: CertificateAuthority;
  /** `host:port` of the listener that knows its clients by certificate. */
  readonly byCertificate: string;
  /** `host:port` of the listener that knows its clients by SCRAM-SHA-512, over TLS. */
  readonly byPassword: string;
  stop(): Promise<void>;
}

export const user = { name: 'registry', password: 'a-password-of-the-test' };

/** A Kafka with the two kinds of listener that Strimzi makes: mutual TLS, and SCRAM-SHA-512 over TLS. */
export async function startSecureBroker(): Promise<SecureBroker> {
  const authority = await startCertificateAuthority();
  const [mtls, scram] = [await freePort(), await freePort()];
  const folder = await mkdtemp(join(tmpdir(), 'kontaktor-secure-'));
  const [keyStore, trustStore] = [join(folder, 'broker.pem'), join(folder, 'trusted.pem')];
  const { cert, key } = await authority.issue('broker');
  await writeFile(keyStore, `${await readFile(key, 'utf8')}${await readFile(cert, 'utf8')}`);
  await copyFile(authority.ca, trustStore);
  const stores = {
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': keyStore,
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': trustStore,
  };
  const login = 'org.apache.kafka.common.security.scram.ScramLoginModule required;';
  const broker = await startKafkaBroker({
    listeners: { MTLS: { port: mtls, protocol: 'SSL' }, SCRAM: { port: scram, protocol: 'SASL_SSL' } },
    settings: {
      ...stores,
      ...{ 'listener.name.mtls.ssl.client.auth': 'required', 'sasl.enabled.mechanisms': 'SCRAM-SHA-512' },
      'listener.name.scram.scram-sha-512.sasl.jaas.config': login,
    },
    users: { [user.name]: user.password },
  });
  return { authority, byCertificate: `127.0.0.1:${mtls}`, byPassword: `127.0.0.1:${scram}`, stop: () => broker.stop() };
}
