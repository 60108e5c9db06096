import { z } from 'zod';
import { checkEnvironment, type Settings } from './check-environment';

const serviceShape = z.looseObject({
  image: z.string(),
  build: z.looseObject({ target: z.string() }).optional(),
  environment: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  depends_on: z.record(z.string(), z.looseObject({ condition: z.string() })).default({}),
  healthcheck: z.unknown().optional(),
  read_only: z.boolean().optional(),
  cap_drop: z.array(z.string()).default([]),
});
const composeShape = z.looseObject({ services: z.record(z.string(), serviceShape) });
export type Compose = z.infer<typeof composeShape>;

export const composeOf = (value: unknown): Compose => composeShape.parse(value);

/** Targets of the Dockerfile that the compose file builds. */
export const targetsBuilt = ({ services }: Compose): readonly string[] =>
  Object.values(services).flatMap(({ build }) => build?.target ?? []);

/** Our own services get what they read, write nowhere, and wait for what they need to be well; variables are those of .env.example. */
export function checkCompose(compose: Compose, text: string, exampleEnvironment: string): readonly string[] {
  const entries = Object.entries(compose.services);
  const known = new Set([...exampleEnvironment.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name));
  const used = [...new Set([...text.matchAll(/\$\{([A-Z_]+)/g)].map(([, name = '']) => name))];
  return [
    ...used.filter((name) => !known.has(name)).map((name) => `docker-compose.yml reads ${name}, which .env.example does not explain`),
    ...[...known]
      .filter((name) => !used.includes(name ?? ''))
      .map((name) => `.env.example has ${name}, which docker-compose.yml does not read`),
    ...entries.flatMap(([name, service]) => checkService(service, compose).map((problem) => `compose service ${name}: ${problem}`)),
    ...entries.flatMap(([name, { build, environment }]) =>
      build === undefined ? [] : checkEnvironment({ who: `compose service ${name}`, target: build.target, settings: clear(environment) }),
    ),
  ];
}

/** A text with `${…}` is known only where it runs. */
const clear = (environment: Readonly<Record<string, string | number | boolean>>): Settings =>
  Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, String(value).includes('${') ? undefined : String(value)]));

function checkService(service: Compose['services'][string], { services }: Compose): readonly string[] {
  const waits = Object.entries(service.depends_on);
  const own = service.build === undefined ? [] : ownRules(service);
  const unhealthy = waits
    .filter(([other, { condition }]) => condition === 'service_healthy' && services[other]?.healthcheck === undefined)
    .map(([other]) => `waits until ${other} is healthy, which has no health check`);
  const absent = waits.filter(([other]) => services[other] === undefined).map(([other]) => `waits for ${other}, which there is not`);
  return [
    ...own,
    ...unhealthy,
    ...absent,
    ...(/:[^:/]+$/.test(service.image) || service.build ? [] : [`image ${service.image} has no version`]),
  ];
}

const ownRules = ({ read_only, cap_drop }: Compose['services'][string]): readonly string[] => [
  ...(read_only === true ? [] : ['must be read_only']),
  ...(cap_drop.includes('ALL') ? [] : ['must drop all capabilities']),
];
