import { credentialsRejected, type AdapterDefinition } from '@kontaktor/adapter-kit';
import { plainWords } from '@kontaktor/config';

export interface SettingsProblem {
  /** `settings.apiKey` */
  readonly place: string;
  readonly problem: string;
}

type Parsed =
  | { readonly ok: true; readonly settings: { readonly baseUrl: string } }
  | { readonly ok: false; readonly problems: readonly SettingsProblem[] };

/** Settings as the adapter wants them, or all that is wrong with them at once. Values are not repeated: they may be secrets. */
export function parseSettings(adapter: AdapterDefinition, raw: Record<string, unknown>): Parsed {
  const parsed = adapter.settings.safeParse(raw, { error: plainWords });
  if (parsed.success) return { ok: true, settings: parsed.data };
  return {
    ok: false,
    problems: parsed.error.issues.map(({ path, message }) => ({ place: ['settings', ...path].join('.'), problem: message })),
  };
}

/** @throws AdapterError that names all that is wrong */
export function requireSettings(adapter: AdapterDefinition, raw: Record<string, unknown>): { readonly baseUrl: string } {
  const parsed = parseSettings(adapter, raw);
  if (parsed.ok) return parsed.settings;
  throw credentialsRejected(parsed.problems.map(({ place, problem }) => `${place} ${problem}`).join('; '));
}
