import { z } from 'zod';
import { withFiles } from './with-files';

/** All that is wrong with a service's environment, at once; values are not repeated, they may be secrets. */
export class ConfigurationInvalid extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The configuration is not valid:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'ConfigurationInvalid';
  }
}

/**
 * Reads the environment once through a schema. An empty variable counts as one that is not set. `NAME_FILE` names a file that holds the value
 * of `NAME`, as Docker and Kubernetes mount secrets.
 * @throws ConfigurationInvalid
 */
export function readConfig<Shape extends z.ZodType>(schema: Shape, env: NodeJS.ProcessEnv = process.env): z.infer<Shape> {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const { values, problems } = withFiles(namesIn(schema), given);
  const result = schema.safeParse(values);
  if (result.success && problems.size === 0) return result.data;
  const ofSchema = (result.error?.issues ?? []).map(({ path, message }) => ({ name: path.join('.'), message }));
  const others = ofSchema.filter(({ name }) => !problems.has(name)).map(({ name, message }) => `${name}: ${message}`);
  throw new ConfigurationInvalid([...[...problems].map(([name, message]) => `${name}_FILE: ${message}`), ...others]);
}

const namesIn = (schema: z.ZodType): readonly string[] => (schema instanceof z.ZodObject ? Object.keys(schema.shape) : []);
