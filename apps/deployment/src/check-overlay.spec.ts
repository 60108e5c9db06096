import { join } from 'node:path';
import { goodDeployment } from '../test/good-deployment';
import { checkOverlay } from './check-overlay';
import { schemaCheck } from './check-schemas';
import { topicManifests, userManifests } from './kafka-manifests';
import { resourcesIn, type Container, type Deployment, type Resource } from './resource';
import { stringify } from 'yaml';

const checkSchema = schemaCheck(join(__dirname, '../schemas'));
const asRendered = (things: readonly object[]): readonly Resource[] => resourcesIn(things.map((one) => stringify(one)).join('---\n'));
const kafka = [...topicManifests(), ...userManifests()];
const problemsOf = (...things: readonly object[]): string => checkOverlay(asRendered([...kafka, ...things]), checkSchema).join('\n');

const withContainer = (change: (container: Container) => void): Deployment =>
  goodDeployment(({ containers }) => containers.forEach((container) => change(container)));

describe('what a rendered overlay is refused for', () => {
  it('[F12] is nothing when all is well', () => expect(problemsOf(goodDeployment())).toBe(''));

  const worse: readonly (readonly [what: string, deployment: Deployment])[] = [
    ['must have runAsNonRoot: true', goodDeployment((pod) => delete pod.securityContext.runAsNonRoot)],
    ['seccomp profile RuntimeDefault', goodDeployment((pod) => delete pod.securityContext.seccompProfile)],
    ['must not mount a token', goodDeployment((pod) => delete pod.automountServiceAccountToken)],
    ['mounts a volume secrets that there is not', goodDeployment((pod) => void pod.volumes.splice(0))],
    ['must have a read-only root file system', withContainer((one) => delete one.securityContext.readOnlyRootFilesystem)],
    ['must not allow privilege escalation', withContainer((one) => void (one.securityContext.allowPrivilegeEscalation = true))],
    ['must drop all capabilities', withContainer((one) => delete one.securityContext.capabilities)],
    ['must have limits of cpu and memory', withContainer((one) => delete one.resources.limits)],
    ['must request cpu and memory', withContainer((one) => delete one.resources.requests)],
    ['must have a fixed version of its image', withContainer((one) => void (one.image = 'kontaktor/scheduler:latest'))],
    ['must have a livenessProbe', withContainer((one) => delete one['livenessProbe'])],
    ['must have a readinessProbe at /health/ready', withContainer((one) => void (one['readinessProbe'] = one['livenessProbe']))],
    ['must set DATABASE_URL or DATABASE_URL_FILE', withContainer((one) => void one.env.shift())],
    ['sets DATABASE_ULR_FILE, which the program does not read', withContainer((one) => void one.env.push({ name: 'DATABASE_ULR_FILE' }))],
    ['LOG_LEVEL must be trace, debug', withContainer((one) => void one.env.push({ name: 'LOG_LEVEL', value: 'loud' }))],
    ['DATABASE_URL_FILE names a file in a folder that is not mounted', withContainer((one) => void one.volumeMounts.splice(0))],
    ['nothing is known of the image target "schedular"', withContainer((one) => void (one.image = 'kontaktor/schedular:1.0'))],
    ['("readOnly")', withContainer((one) => void (one['readOnly'] = true))],
    [
      'nobody makes the secret kontaktr',
      goodDeployment((pod) => void (pod.volumes = [{ name: 'secrets', secret: { secretName: 'kontaktr' } }])),
    ],
  ];
  it.each(worse)('[F16] is a Deployment that %s', (what, deployment) => expect(problemsOf(deployment)).toContain(what));

  it('[F12] is a resource of a kind nobody has a schema of, and a field that the kind does not have', () => {
    const [topic] = topicManifests();
    expect(problemsOf({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x' } })).toContain('Pod x: there is no schema of v1/Pod here');
    expect(problemsOf({ ...topic, metadata: { name: 'new.topic' }, spec: { partitons: 4 } })).toContain('("partitons")');
  });

  it('[F12] is a topic that is missing or otherwise, or that no contract has; the number of copies is free', () => {
    const [first, ...others] = kafka;
    const check = (...things: readonly object[]): string => checkOverlay(asRendered(things), checkSchema).join('\n');
    expect(check(...others)).toContain('KafkaTopic contact.observed: is missing');
    expect(check({ ...first, spec: { ...first?.spec, partitions: 8 } }, ...others)).toContain(
      'KafkaTopic contact.observed: is missing, or is not what',
    );
    expect(check({ ...first, spec: { ...first?.spec, replicas: 1 } }, ...others)).toBe('');
    expect(problemsOf({ ...first, metadata: { name: 'more' } })).toContain('KafkaTopic more: no service has it');
  });

  it('[F12] is a scaler of something that there is not, or of another group', () => {
    const scaler = (name: string, consumerGroup: string) => ({
      ...{ apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', metadata: { name } },
      spec: { scaleTargetRef: { name }, triggers: [{ type: 'kafka', metadata: { consumerGroup } }] },
    });
    expect(problemsOf(goodDeployment(), scaler('scheduler', 'scheduler'))).toBe('');
    expect(problemsOf(goodDeployment(), scaler('registry', 'registry'))).toContain('there is no Deployment registry');
    expect(problemsOf(goodDeployment(), scaler('scheduler', 'schedule'))).toContain('looks at group "schedule"');
  });
});
