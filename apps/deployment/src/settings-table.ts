import { hostEnvironment } from '@kontaktor/adapter-host';
import { processEnvironment } from '@kontaktor/service';
import { controlEnvironment } from '@kontaktor/service-control';
import { registryEnvironment } from '@kontaktor/service-registry';
import { serviceNames, type ServiceName } from '@kontaktor/services';
import { standaloneEnvironment } from '@kontaktor/standalone';
import { topicsVariables } from '@kontaktor/topics';
import { kafkaVariables } from '@kontaktor/config';
import { z } from 'zod';

/** Variables by name, as a program's schema has them. */
export type Variables = Readonly<Record<string, z.ZodType>>;

const isAdapter = (name: ServiceName): boolean => name.startsWith('adapter-');

/** What a service reads, beside what every service reads. */
const ownVariables = (name: ServiceName): Variables => {
  if (name === 'control') return controlEnvironment.shape;
  if (name === 'registry') return registryEnvironment.shape;
  return isAdapter(name) ? hostEnvironment.shape : {};
};

/** What each image reads from its environment, by target of the Dockerfile. Absent: nothing of ours. */
export const variablesOfTarget: Readonly<Record<string, Variables>> = {
  ...Object.fromEntries(serviceNames.map((name) => [name, { ...processEnvironment.shape, ...ownVariables(name) }])),
  tools: { ...kafkaVariables, ...topicsVariables },
  standalone: standaloneEnvironment.shape,
  sandbox: {},
};

/** Whether a variable has to be set. */
export const isRequired = (schema: z.ZodType): boolean => !schema.safeParse(undefined).success;

const sections: readonly (readonly [title: string, variables: Variables])[] = [
  ['Every service', processEnvironment.shape],
  ['control, besides', controlEnvironment.shape],
  ['The registry, besides', registryEnvironment.shape],
  ['Adapters, besides', hostEnvironment.shape],
  ['The making of topics (`tools`), besides `KAFKA_…`', topicsVariables],
  ['The standalone (`npm start`, `standalone`)', standaloneEnvironment.shape],
];

/** The tables of docs/operations.md. @throws when a variable has no description */
export function settingsTables(): string {
  return sections.map(([title, variables]) => [`**${title}**`, '', ...tableOf(variables)].join('\n')).join('\n\n');
}

function tableOf(variables: Variables): readonly string[] {
  const rows = Object.entries(variables).map(([name, schema]) => `| \`${name}\` | ${defaultOf(schema)} | ${meaningOf(name, schema)} |`);
  return ['| variable | default | meaning |', '| --- | --- | --- |', ...rows];
}

function defaultOf(schema: z.ZodType): string {
  const { success, data } = schema.safeParse(undefined);
  if (!success) return '**required**';
  return data === undefined ? '' : `\`${String(data)}\``;
}

function meaningOf(name: string, schema: z.ZodType): string {
  if (schema.description === undefined) throw new Error(`${name} has no description: add one with .describe(…) in its schema.`);
  return schema.description;
}
