import type { PlacedProblem } from '@kontaktor/contracts';

type Env = Readonly<Record<string, string | undefined>>;

/** `$${` stands for `${`; `${NAME}` must be set, `${NAME:-default}` need not be. */
const variable = /\$\$\{|\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g;

export interface Interpolated {
  readonly value: unknown;
  /** Every variable that is missing, with its place. */
  readonly problems: readonly PlacedProblem[];
}

/** Fills variables in all texts of a value. */
export function interpolate(value: unknown, env: Env, place: string): Interpolated {
  if (typeof value === 'string') return interpolateText(value, env, place);
  if (typeof value !== 'object' || value === null) return { value, problems: [] };
  const isList = Array.isArray(value);
  const parts = Object.entries(value).map(
    ([key, inner]) => [key, interpolate(inner, env, isList ? `${place}[${key}]` : `${place}.${key}`)] as const,
  );
  const problems = parts.flatMap(([, part]) => part.problems);
  if (isList) return { value: parts.map(([, part]) => part.value), problems };
  return { value: Object.fromEntries(parts.map(([key, part]) => [key, part.value])), problems };
}

function interpolateText(text: string, env: Env, place: string): Interpolated {
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
