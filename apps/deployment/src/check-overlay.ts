import { isDeepStrictEqual } from 'node:util';
import { checkContainers } from './check-containers';
import { checkEnvironment, type Settings } from './check-environment';
import type { SchemaCheck } from './check-schemas';
import { checkReferences } from './check-references';
import { topicManifests, userManifests } from './kafka-manifests';
import { deploymentsIn, titleOf, type Container, type Resource } from './resource';

/** The target of the Dockerfile that an image is: the last part of its name. */
export const targetOf = ({ image }: Container): string =>
  image
    .replace(/:[^:/]*$/, '')
    .split('/')
    .at(-1) ?? '';

/** All that is wrong in a rendered overlay. */
export function checkOverlay(resources: readonly Resource[], checkSchema: SchemaCheck): readonly string[] {
  const deployments = deploymentsIn(resources);
  return [
    ...resources.flatMap(checkSchema),
    ...deployments.flatMap(checkContainers),
    ...deployments.flatMap(({ metadata, spec: { template } }) =>
      template.spec.containers.flatMap((container) =>
        checkEnvironment({
          ...{ who: `Deployment ${metadata.name}`, target: targetOf(container), settings: settingsOf(container, resources) },
          mounts: container.volumeMounts.map(({ mountPath }) => mountPath),
        }),
      ),
    ),
    ...checkKafka(resources),
    ...checkReferences(resources),
  ];
}

/** Topics and rights are those of the contracts, but for the number of copies. */
function checkKafka(resources: readonly Resource[]): readonly string[] {
  const wanted = [...topicManifests(), ...userManifests()];
  const isKafka = ({ kind }: Resource): boolean => kind === 'KafkaTopic' || kind === 'KafkaUser';
  const differing = wanted.filter(
    ({ kind, metadata: { name }, spec }) =>
      !resources.some(
        (one) => one.kind === kind && one.metadata.name === name && isDeepStrictEqual(withoutCopies(one['spec']), withoutCopies(spec)),
      ),
  );
  const surplus = resources
    .filter(isKafka)
    .filter((one) => !wanted.some(({ kind, metadata }) => kind === one.kind && metadata.name === one.metadata.name));
  return [
    ...differing.map(({ kind, metadata }) => `${kind} ${metadata.name}: is missing, or is not what the contracts say`),
    ...surplus.map((one) => `${titleOf(one)}: no service has it in the contracts`),
  ];
}

const withoutCopies = (spec: unknown): unknown =>
  JSON.parse(
    JSON.stringify(spec ?? {}, (name: string, value: unknown) => (['replicas', 'min.insync.replicas'].includes(name) ? undefined : value)),
  );

function settingsOf({ env, envFrom }: Container, resources: readonly Resource[]): Settings {
  const maps = envFrom.flatMap(
    ({ configMapRef }) => resources.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === configMapRef?.name) ?? [],
  );
  const shared = Object.assign({}, ...maps.map(({ data = {} }) => data));
  return { ...shared, ...Object.fromEntries(env.map(({ name, value }) => [name, value])) };
}
