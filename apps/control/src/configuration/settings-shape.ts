import type { AdapterAnnounced } from '@kontaktor/contracts';
import { suggestion } from '../document/closest';
import { placeOf } from '../document/place';
import type { Problem } from '../http/refusal';

/** Keys that the provider does not know or that are missing. What the values are worth, its own service says. */
export function checkSettingsShape(settings: Readonly<Record<string, unknown>>, adapter: AdapterAnnounced): readonly Problem[] {
  const properties = groupOf(adapter.settingsSchema['properties']);
  const required = adapter.settingsSchema['required'];
  const unknown = Object.keys(settings).filter((key) => Object.keys(properties).length > 0 && !Object.hasOwn(properties, key));
  const missing = (Array.isArray(required) ? required : []).filter(
    (key): key is string => typeof key === 'string' && settings[key] === undefined && groupOf(properties[key])['default'] === undefined,
  );
  return [
    ...unknown.map((key) => ({
      place: placeOf(['settings', key]),
      problem: `${adapter.title} has no such setting${suggestion(key, Object.keys(properties))}`,
    })),
    ...missing.map((key) => ({ place: placeOf(['settings', key]), problem: 'is missing' })),
    ...adapter.secrets
      .filter((key) => settings[key] !== undefined && typeof settings[key] !== 'string')
      .map((key) => ({ place: placeOf(['settings', key]), problem: 'must be a text' })),
  ];
}

const groupOf = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null ? { ...value } : {});
