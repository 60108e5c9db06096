import { partitionCount, topicConfigOf, topicSettings } from '@kontaktor/messaging';
import { serviceNames, type ServiceName } from '@kontaktor/services';
import { topicsOf } from './service-topics';

const apiVersion = 'kafka.strimzi.io/v1';
const labels = { 'strimzi.io/cluster': 'kontaktor' };
/** Three copies, two of which must have a message before it counts; an overlay for one broker says otherwise. */
const [replicas, minInSync] = [3, 2];

/** Whom KEDA asks Kafka as: it may see how far groups are, and nothing else. */
const lagReader = 'lag-reader';

interface Acl {
  readonly resource: { readonly type: 'topic' | 'group'; readonly name: string; readonly patternType: 'literal' };
  readonly operations: readonly string[];
}

/** A KafkaTopic for every topic of the contracts, and for the `.dead` one beside each. */
export function topicManifests() {
  return topicSettings.map((topic) => ({
    ...{ apiVersion, kind: 'KafkaTopic', metadata: { name: topic.name, labels } },
    spec: { partitions: partitionCount, replicas, config: topicConfigOf(topic, minInSync) },
  }));
}

/** A KafkaUser for every service, and one for KEDA, known by certificates. */
export function userManifests() {
  const users = serviceNames.map((name) => ({ name, acls: aclsOf(name) }));
  const groups = serviceNames.map((name) => aclOn('group', name, 'Describe'));
  const all = [...users, { name: lagReader, acls: [...allTopicsDescribed(), ...groups] }];
  return all.map(({ name, acls }) => ({
    ...{ apiVersion, kind: 'KafkaUser', metadata: { name, labels } },
    spec: { authentication: { type: 'tls' }, authorization: { type: 'simple', acls } },
  }));
}

/** The least that a service needs: it reads what it receives in a group of its name, writes what it sends and what it could not read. */
export function aclsOf(service: ServiceName): readonly Acl[] {
  const { receives, sends } = topicsOf(service);
  return [
    aclOn('group', service, 'Read', 'Describe'),
    ...receives.map((topic) => aclOn('topic', topic, 'Read')),
    ...sends.map((topic) => aclOn('topic', topic, 'Write')),
    ...receives.map((topic) => aclOn('topic', `${topic}.dead`, 'Write')),
    // Every service looks at its start whether all topics are there and as they should be.
    ...allTopicsDescribed(),
  ];
}

const allTopicsDescribed = (): readonly Acl[] => topicSettings.map(({ name }) => aclOn('topic', name, 'Describe', 'DescribeConfigs'));

const aclOn = (type: 'topic' | 'group', name: string, ...operations: readonly string[]): Acl => ({
  resource: { type, name, patternType: 'literal' },
  operations,
});
