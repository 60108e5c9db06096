import type { AdapterAnnounced } from '@kontaktor/contracts';
import { nearest, suggestion } from '../document/closest';
import { placeOf } from '../document/place';
import type { Problem } from '../http/refusal';

export interface SettingsShape {
  readonly problems: readonly Problem[];
  /** Settings that were probably meant by misspelt ones: that these are missing is told by those. */
  readonly meant: readonly string[];
}

/** Keys that the provider does not know or that are missing. What the values are worth, its own service says. */
export function checkSettingsShape(settings: Readonly<Record<string, unknown>>, adapter: AdapterAnnounced): SettingsShape {
  const properties = groupOf(adapter.settingsSchema['properties']);
  const required = adapter.settingsSchema['required'];
  const unknown = Object.keys(settings).filter((key) => Object.keys(properties).length > 0 && !Object.hasOwn(properties, key));
  const meant = unknown.flatMap((key) => nearest(key, Object.keys(properties)) ?? []).filter((key) => !Object.hasOwn(settings, key));
  const missing = (Array.isArray(required) ? required : []).filter(
    (key): key is string => typeof key === 'string' && !Object.hasOwn(settings, key) && groupOf(properties[key])['default'] === undefined,
  );
  const at = (key: string, problem: string): Problem => ({ place: placeOf(['settings', key]), problem });
  const problems = [
    ...unknown.map((key) => at(key, `${adapter.title} has no such setting${suggestion(key, Object.keys(properties))}`)),
    ...missing.filter((key) => !meant.includes(key)).map((key) => at(key, 'is missing')),
    ...adapter.secrets
      .filter((key) => settings[key] !== undefined && typeof settings[key] !== 'string')
      .map((key) => at(key, 'must be a text')),
  ];
  return { problems, meant };
}

const groupOf = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null ? { ...value } : {});
