import { isRequired, variablesOfTarget, type Variables } from './settings-table';

/** A variable as a manifest sets it: the text, where it stands in clear. */
export type Settings = Readonly<Record<string, string | undefined>>;

interface Environment {
  /** Whom it is told of, such as "compose service control". */
  readonly who: string;
  readonly target: string;
  readonly settings: Settings;
  /** Where files can be: folders that are mounted. Absent: anywhere. */
  readonly mounts?: readonly string[];
}

/** Every variable that is set is one the program reads, every one it needs is set, and a value in clear is one it takes. */
export function checkEnvironment({ who, target, settings, mounts }: Environment): readonly string[] {
  const variables = variablesOfTarget[target];
  if (variables === undefined) return [`${who}: nothing is known of the image target "${target}"`];
  const problems = [...unknownIn(settings, variables), ...missingIn(settings, variables), ...refusedIn(settings, variables)];
  return [...problems, ...(mounts === undefined ? [] : unmountedIn(settings, mounts))].map((problem) => `${who}: ${problem}`);
}

const withoutFile = (name: string, variables: Variables): string =>
  !(name in variables) && name.endsWith('_FILE') ? name.slice(0, -'_FILE'.length) : name;

const unknownIn = (settings: Settings, variables: Variables): readonly string[] =>
  Object.keys(settings)
    .filter((name) => !(withoutFile(name, variables) in variables))
    .map((name) => `sets ${name}, which the program does not read`);

const missingIn = (settings: Settings, variables: Variables): readonly string[] =>
  Object.entries(variables)
    .filter(([name, schema]) => isRequired(schema) && !(name in settings) && !(`${name}_FILE` in settings))
    .map(([name]) => `must set ${name} or ${name}_FILE`);

const refusedIn = (settings: Settings, variables: Variables): readonly string[] =>
  Object.entries(settings).flatMap(([name, value]) => {
    const result = value === undefined ? undefined : variables[name]?.safeParse(value);
    return result === undefined || result.success ? [] : [`${name} ${result.error.issues.map(({ message }) => message).join('; ')}`];
  });

const unmountedIn = (settings: Settings, mounts: readonly string[]): readonly string[] =>
  Object.entries(settings)
    .filter(([name, value]) => name.endsWith('_FILE') && value !== undefined && !mounts.some((mount) => value.startsWith(`${mount}/`)))
    .map(([name]) => `${name} names a file in a folder that is not mounted`);
