import type { z } from 'zod';

/** All that is wrong with a service's environment, at once; values are not repeated, they may be secrets. */
export class ConfigurationInvalid extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The configuration is not valid:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'ConfigurationInvalid';
  }
}

/** Reads the environment once through a schema. An empty variable counts as one that is not set. @throws ConfigurationInvalid */
export function readConfig<Shape extends z.ZodType>(schema: Shape, env: NodeJS.ProcessEnv = process.env): z.infer<Shape> {
  const result = schema.safeParse(Object.fromEntries(Object.entries(env).filter(([, value]) => value !== '')));
  if (result.success) return result.data;
  throw new ConfigurationInvalid(result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`));
}
