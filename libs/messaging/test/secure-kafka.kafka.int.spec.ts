import { randomUUID } from 'node:crypto';
import { copyFile, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kafkaEnvironment, kafkaSecurity, readConfig } from '@kontaktor/config';
import { describeKafka, eventually, kafkaUser, startCertificateAuthority, startSecureKafka, type SecureKafka } from '@kontaktor/testing';
import { createTopics, KafkaTransport, openKafka } from '../src';

const topic = 'sync.requested';

describeKafka('a Kafka that asks who one is', () => {
  let broker: SecureKafka;
  beforeAll(async () => void (broker = await startSecureKafka()), 120_000);
  afterAll(() => broker.stop());

  /** As a service reads its environment. */
  const connectionBy = (environment: NodeJS.ProcessEnv) => {
    const read = readConfig(kafkaEnvironment, environment);
    return { brokers: read.KAFKA_BROKERS, clientId: 'secure', security: kafkaSecurity(read, environment), onError: () => undefined };
  };
  const byPassword = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
    ...{ KAFKA_BROKERS: broker.byPassword, KAFKA_SSL_CA_FILE: broker.authority.ca, KAFKA_SASL_MECHANISM: 'scram-sha-512' },
    ...{ KAFKA_SASL_USERNAME: kafkaUser.name, KAFKA_SASL_PASSWORD: kafkaUser.password, ...more },
  });
  const carries = async (environment: NodeJS.ProcessEnv): Promise<void> => {
    await createTopics(connectionBy(environment));
    const kafka = await openKafka(connectionBy(environment));
    const [group, body] = [randomUUID(), randomUUID()];
    const seen: string[] = [];
    await kafka.subscribe([topic], group, async (parcels) => void seen.push(...parcels.map((parcel) => parcel.body)));
    await kafka.publish([{ id: randomUUID(), topic, partition: 0, body }]);
    await eventually(() => expect(seen).toContain(body));
    await eventually(async () => expect(await kafka.lag(group, [topic])).toBe(0));
    await kafka.close();
  };
  const refusalOf = (environment: NodeJS.ProcessEnv) => openKafka(connectionBy(environment));

  it('[F16] is spoken to with user name and password over TLS (SCRAM-SHA-512), and refuses a wrong password', async () => {
    await carries(byPassword());
    await expect(refusalOf(byPassword({ KAFKA_SASL_PASSWORD: 'another' }))).rejects.toThrow(/authentication/i);
  });

  it('[F16] is spoken to with a certificate of our own (mutual TLS, as Strimzi has it), and refuses who shows none', async () => {
    const { cert, key } = await broker.authority.issue('registry');
    const environment = { KAFKA_BROKERS: broker.byCertificate, KAFKA_SSL_CA_FILE: broker.authority.ca };
    await carries({ ...environment, KAFKA_SSL_CERT_FILE: cert, KAFKA_SSL_KEY_FILE: key });
    await expect(refusalOf(environment)).rejects.toThrow();
  });

  it('[F16] is not spoken to when its certificate is not of the authority we were told', async () => {
    const stranger = await startCertificateAuthority();
    await expect(refusalOf(byPassword({ KAFKA_SSL_CA_FILE: stranger.ca }))).rejects.toThrow(/certificate|self-signed|issuer/i);
    await expect(refusalOf(byPassword({ KAFKA_SSL_CA_FILE: undefined, KAFKA_SSL: 'true' }))).rejects.toThrow(
      /certificate|self-signed|issuer/i,
    );
  });

  it('[F12] takes up a certificate renewed in its file with the next connection, without a restart', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kontaktor-renewed-'));
    const [certFile, keyFile] = [join(folder, 'user.crt'), join(folder, 'user.key')];
    const put = async ({ cert, key }: { cert: string; key: string }) => {
      await copyFile(cert, certFile);
      await copyFile(key, keyFile);
    };
    await put(await (await startCertificateAuthority()).issue('registry'));
    const kafka = new KafkaTransport(
      connectionBy({
        ...{ KAFKA_BROKERS: broker.byCertificate, KAFKA_SSL_CA_FILE: broker.authority.ca },
        ...{ KAFKA_SSL_CERT_FILE: certFile, KAFKA_SSL_KEY_FILE: keyFile },
      }),
    );
    await expect(kafka.partitionsOf(topic)).rejects.toThrow();
    await put(await broker.authority.issue('renewed'));
    await eventually(async () => expect(await kafka.partitionsOf(topic)).toBe(4));
    await kafka.close();
  });
});
