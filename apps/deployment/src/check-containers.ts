import type { Container, Deployment } from './resource';

type Rule<Subject> = readonly [complaint: string, isKept: (subject: Subject) => boolean];

const podRules: readonly Rule<Deployment['spec']['template']['spec']>[] = [
  ['must have runAsNonRoot: true', ({ securityContext }) => securityContext.runAsNonRoot === true],
  ['must have the seccomp profile RuntimeDefault', ({ securityContext }) => securityContext.seccompProfile?.type === 'RuntimeDefault'],
  ['must not mount a token of its service account', ({ automountServiceAccountToken }) => automountServiceAccountToken === false],
];

const containerRules: readonly Rule<Container>[] = [
  ['must have a read-only root file system', ({ securityContext }) => securityContext.readOnlyRootFilesystem === true],
  ['must not allow privilege escalation', ({ securityContext }) => securityContext.allowPrivilegeEscalation === false],
  ['must drop all capabilities', ({ securityContext }) => securityContext.capabilities?.drop?.includes('ALL') === true],
  ['must have limits of cpu and memory', ({ resources: { limits } }) => limits?.['cpu'] !== undefined && limits['memory'] !== undefined],
  ['must request cpu and memory', ({ resources: { requests } }) => requests?.['cpu'] !== undefined && requests['memory'] !== undefined],
  ['must have a fixed version of its image', ({ image }) => /:[^:/]+$/.test(image) && !image.endsWith(':latest')],
];

const probes = { startupProbe: '/health/live', livenessProbe: '/health/live', readinessProbe: '/health/ready' };

/** What a pod must not be able to do, and what every container has to tell Kubernetes. */
export function checkContainers(deployment: Deployment): readonly string[] {
  const pod = deployment.spec.template.spec;
  const broken = <Subject>(rules: readonly Rule<Subject>[], subject: Subject): readonly string[] =>
    rules.filter(([, isKept]) => !isKept(subject)).map(([complaint]) => complaint);
  const ofContainers = [...pod.initContainers, ...pod.containers].flatMap((one) =>
    [...broken(containerRules, one), ...brokenMounts(one, pod.volumes)].map((complaint) => `container ${one.name} ${complaint}`),
  );
  const ofProbes = pod.containers.flatMap((one) => brokenProbes(one).map((complaint) => `container ${one.name} ${complaint}`));
  return [...broken(podRules, pod), ...ofContainers, ...ofProbes].map(
    (complaint) => `Deployment ${deployment.metadata.name}: ${complaint}`,
  );
}

const brokenProbes = (container: Container): readonly string[] =>
  Object.entries(probes)
    .filter(([name, path]) => !JSON.stringify(container[name] ?? {}).includes(`"path":"${path}"`))
    .map(([name, path]) => `must have a ${name} at ${path}`);

const brokenMounts = ({ volumeMounts }: Container, volumes: readonly { readonly name: string }[]): readonly string[] =>
  volumeMounts
    .filter(({ name }) => !volumes.some((volume) => volume.name === name))
    .map(({ name }) => `mounts a volume ${name} that there is not`);
