import type { MappableField } from '../field-type';
import { removeDiacritics } from '../normalise/remove-diacritics';
import { editDistance } from './edit-distance';

/** The field a person probably meant, by its name or its label in either language; `undefined` when none is near. */
export function suggestField(wanted: string, fields: Readonly<Record<string, MappableField>>): string | undefined {
  const target = fold(wanted);
  const tolerance = Math.max(1, Math.floor(target.length / 3));
  let best: { readonly field: string; readonly distance: number } | undefined;
  for (const [field, { label }] of Object.entries(fields)) {
    const names = label === undefined ? [field] : [field, label.en, label.cs];
    const distance = Math.min(...names.map((name) => editDistance(target, fold(name))));
    if (distance <= tolerance && distance < (best?.distance ?? Infinity)) best = { field, distance };
  }
  return best?.field;
}

/** `Ecomail has no field "prijmeni"; did you mean "lastName"?` */
export function unknownField(title: string, wanted: string, fields: Readonly<Record<string, MappableField>>): string {
  const suggestion = suggestField(wanted, fields);
  const end = suggestion === undefined ? '' : `; did you mean "${suggestion}"?`;
  return `${title} has no field "${wanted}"${end}`;
}

const fold = (text: string): string =>
  removeDiacritics(text)
    .toLowerCase()
    .replace(/[\s_-]/g, '');
