import { randomUUID } from 'node:crypto';
import { kafkaEnvironment, kafkaSecurity, readConfig } from '@kontaktor/config';
import { createTopics, openKafka } from '@kontaktor/messaging';
import { serviceNames, type ServiceName } from '@kontaktor/services';
import { describeKafka, eventually, startSecureKafka, type SecureKafka } from '@kontaktor/testing';
import { AclOperationTypes, AclPermissionTypes, AclResourceTypes, Kafka, logLevel, ResourcePatternTypes, type AclEntry } from 'kafkajs';
import { aclsOf } from './kafka-manifests';
import { topicsOf } from './service-topics';

const operations: Readonly<Record<string, AclOperationTypes>> = {
  ...{ Read: AclOperationTypes.READ, Write: AclOperationTypes.WRITE, Describe: AclOperationTypes.DESCRIBE },
  DescribeConfigs: AclOperationTypes.DESCRIBE_CONFIGS,
};

/** As Strimzi gives a KafkaUser's rights to the Kafka it looks after. */
const entriesOf = (service: ServiceName): AclEntry[] =>
  aclsOf(service).flatMap(({ resource, operations: wanted }) =>
    wanted.map((operation) => ({
      ...{ resourceType: resource.type === 'group' ? AclResourceTypes.GROUP : AclResourceTypes.TOPIC, resourceName: resource.name },
      ...{ resourcePatternType: ResourcePatternTypes.LITERAL, principal: `User:CN=${service}`, host: '*' },
      ...{ operation: operations[operation] ?? AclOperationTypes.UNKNOWN, permissionType: AclPermissionTypes.ALLOW },
    })),
  );

describeKafka('a Kafka that gives each service the rights of its KafkaUser and no more', () => {
  let broker: SecureKafka;
  beforeAll(async () => {
    broker = await startSecureKafka({
      'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
      'super.users': 'User:ANONYMOUS',
    });
    await createTopics({ brokers: broker.forAdmins, clientId: 'admin', onError: () => undefined });
    const admin = new Kafka({ brokers: [...broker.forAdmins], logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    for (const service of serviceNames) await admin.createAcls({ acl: entriesOf(service) });
    await admin.disconnect();
  }, 120_000);
  afterAll(() => broker.stop());

  const openAs = async (service: ServiceName) => {
    const { cert, key } = await broker.authority.issue(service);
    const files = { KAFKA_SSL_CA_FILE: broker.authority.ca, KAFKA_SSL_CERT_FILE: cert, KAFKA_SSL_KEY_FILE: key };
    const environment = { KAFKA_BROKERS: broker.byCertificate, ...files };
    const read = readConfig(kafkaEnvironment, environment);
    const connection = {
      brokers: read.KAFKA_BROKERS,
      clientId: service,
      security: kafkaSecurity(read, environment),
      onError: () => undefined,
    };
    // A broker learns of rights a moment after they were given.
    return eventually(() => openKafka(connection));
  };
  // Compacted topics take no message without a key.
  const parcelFor = (topic: string) => ({ id: randomUUID(), topic, partition: 0, keys: ['main/x'], body: '[]' });

  it.each(serviceNames)(
    '[F16] lets %s do its work: start, read what it consumes, write what it publishes, see its lag',
    async (service) => {
      const { receives, sends } = topicsOf(service);
      const kafka = await openAs(service);
      await kafka.publish([...sends, ...receives.map((topic) => `${topic}.dead`)].map(parcelFor));
      const subscription = await kafka.subscribe(receives, service, () => Promise.resolve());
      await eventually(async () => expect(await kafka.lag(service, receives)).toBe(0));
      await subscription.stop();
      await kafka.close();
    },
  );

  it('[F16] refuses what is not theirs: writing a topic of another service, and asking for another group', async () => {
    const kafka = await openAs('webhook-ingest');
    await expect(kafka.publish([parcelFor('contact.observed')])).rejects.toThrow(/authori[sz]/i);
    await expect(kafka.lag('registry', ['contact.observed'])).rejects.toThrow('group coordinator');
    await kafka.close();
  });
});
