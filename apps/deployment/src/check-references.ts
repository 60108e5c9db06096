import { z } from 'zod';
import { titleOf, type Resource } from './resource';

/** Secrets that whoever installs makes by hand; docs/operations.md says how. */
const byHand = ['kontaktor', 'kontaktor-database', 'kontaktor-tls'];

const scaledObject = z.looseObject({
  spec: z.looseObject({
    scaleTargetRef: z.looseObject({ name: z.string() }),
    triggers: z.array(z.looseObject({ metadata: z.record(z.string(), z.string()) })),
  }),
});

/** Secrets, scale targets and selected pods that a resource names are there, or are made by an operator. */
export function checkReferences(resources: readonly Resource[]): readonly string[] {
  const secrets = new Set([...byHand, ...resources.flatMap(secretsMadeFor)]);
  return resources.flatMap((resource) => [
    ...secretsNamedIn(resource)
      .filter((name) => !secrets.has(name))
      .map((name) => `${titleOf(resource)}: nobody makes the secret ${name}`),
    ...(resource.kind === 'ScaledObject' ? checkScaling(resource, resources) : []),
  ]);
}

function secretsMadeFor({ kind, metadata: { name } }: Resource): readonly string[] {
  if (kind === 'KafkaUser') return [name];
  if (kind === 'Kafka') return [`${name}-cluster-ca-cert`];
  return kind === 'Cluster' ? [`${name}-app`, `${name}-ca`] : [];
}

function secretsNamedIn(resource: Resource): readonly string[] {
  const names = new Set<string>();
  JSON.stringify(resource, (key, value: unknown) => {
    if (key === 'secretName' && typeof value === 'string') names.add(value);
    if (key === 'secretTargetRef' && Array.isArray(value)) for (const one of value) names.add(nameIn(one));
    if (['secret', 'secretRef', 'secretKeyRef'].includes(key)) names.add(nameIn(value));
    return value;
  });
  names.delete('');
  return [...names];
}

const nameIn = (value: unknown): string =>
  typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string' ? value.name : '';

/** A service consumes in a group of its own name. */
function checkScaling(resource: Resource, resources: readonly Resource[]): readonly string[] {
  const { scaleTargetRef, triggers } = scaledObject.parse(resource).spec;
  const isThere = resources.some(({ kind, metadata }) => kind === 'Deployment' && metadata.name === scaleTargetRef.name);
  const others = triggers.map(({ metadata }) => metadata['consumerGroup'] ?? '').filter((group) => group !== scaleTargetRef.name);
  return [
    ...(isThere ? [] : [`${titleOf(resource)}: there is no Deployment ${scaleTargetRef.name}`]),
    ...others.map(
      (group) => `${titleOf(resource)}: looks at group "${group}", but ${scaleTargetRef.name} consumes in a group of its own name`,
    ),
  ];
}
