import type { PlacedProblem } from '@kontaktor/contracts';

type Env = Readonly<Record<string, string | undefined>>;

/** `$${` stands for `${`; `${NAME}` must be set, `${NAME:-default}` need not be. */
const variable = /\$\$\{|\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g;

/** A text that says where another comes from: `${NAME}` and nothing else. */
export const variableReference = (name: string): string => `\${${name}}`;

/** The name in a text that is a reference and nothing else. */
export const referredVariable = (text: string): string | undefined => /^\$\{([A-Za-z_][A-Za-z0-9_]*)\}$/.exec(text)?.[1];

/** The value as it must be written so that filling it gives it back: `${` in texts becomes `$${`. */
export function withoutVariables(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('${', () => '$${');
  if (Array.isArray(value)) return value.map(withoutVariables);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutVariables(inner)]));
}

export interface Filled {
  readonly value: unknown;
  /** Every variable that is missing, with its place. */
  readonly problems: readonly PlacedProblem[];
}

/** Fills variables in all texts of a value. */
export function fillVariables(value: unknown, env: Env, place: string): Filled {
  if (typeof value === 'string') return fillText(value, env, place);
  if (typeof value !== 'object' || value === null) return { value, problems: [] };
  const isList = Array.isArray(value);
  const parts = Object.entries(value).map(
    ([key, inner]) => [key, fillVariables(inner, env, isList ? `${place}[${key}]` : `${place}.${key}`)] as const,
  );
  const problems = parts.flatMap(([, part]) => part.problems);
  if (isList) return { value: parts.map(([, part]) => part.value), problems };
  return { value: Object.fromEntries(parts.map(([key, part]) => [key, part.value])), problems };
}

function fillText(text: string, env: Env, place: string): Filled {
  const problems: PlacedProblem[] = [];
  const value = text.replace(variable, (whole, name: string | undefined, fallback: string | undefined) => {
    if (name === undefined) return whole.slice(1);
    const found = env[name];
    if (found !== undefined && found !== '') return found;
    if (fallback === undefined) problems.push({ place, problem: `the environment variable ${name} is not set` });
    return fallback ?? '';
  });
  return { value, problems };
}
