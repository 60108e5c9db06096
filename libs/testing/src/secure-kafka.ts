import { copyFile, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCertificateAuthority, type CertificateAuthority } from './certificates';
import { freePort, startKafkaBroker } from './kafka-broker';

export interface SecureKafka {
  readonly authority: CertificateAuthority;
  /** `host:port` of the listener that knows its clients by certificate. */
  readonly byCertificate: string;
  /** `host:port` of the listener that knows its clients by SCRAM-SHA-512, over TLS. */
  readonly byPassword: string;
  /** `host:port` of a listener in clear that may do everything. */
  readonly forAdmins: readonly string[];
  stop(): Promise<void>;
}

/** Known by password. */
export const kafkaUser = { name: 'registry', password: 'a-password-of-the-test' };

/** A Kafka with the two kinds of listener that Strimzi makes: mutual TLS, and SCRAM-SHA-512 over TLS; with `settings` of its own. */
export async function startSecureKafka(settings: Readonly<Record<string, string>> = {}): Promise<SecureKafka> {
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
      ...settings,
      ...{ 'listener.name.mtls.ssl.client.auth': 'required', 'sasl.enabled.mechanisms': 'SCRAM-SHA-512' },
      'listener.name.scram.scram-sha-512.sasl.jaas.config': login,
    },
    users: { [kafkaUser.name]: kafkaUser.password },
  });
  return {
    authority,
    byCertificate: `127.0.0.1:${mtls}`,
    byPassword: `127.0.0.1:${scram}`,
    forAdmins: broker.brokers,
    stop: () => broker.stop(),
  };
}
