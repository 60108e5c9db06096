import type { Language } from '../reason/reason-names';
import type { Drift } from './drift';

const things = {
  en: { field: 'The field', list: 'The list', tag: 'The tag', 'record-type': 'The record type' },
  cs: { field: 'Pole', list: 'Seznam', tag: 'Štítek', 'record-type': 'Typ záznamu' },
} as const;

/** What changed, what pauses for it, and what to do. `system`: what the user calls the end. */
export function renderDrift(drift: Drift, language: Language, system: string): string {
  return language === 'cs' ? inCzech(drift, system) : inEnglish(drift, system);
}

function inEnglish({ thing, name, change, was, now, pauses }: Drift, system: string): string {
  const what = `${things.en[thing]} "${name}" of ${system}`;
  const changed = {
    gone: `${what} is gone`,
    type: `${what} is of the type ${now} now, it was ${was}`,
    'read-only': `${what} can be read only`,
    options: `${what} no longer takes: ${was}`,
  }[change];
  const paused =
    pauses === null ? 'the link is paused' : `the mapping of ${pauses.join(', ') || 'it'} is paused, the rest of the link goes on`;
  const accept = change === 'type' || change === 'options' ? ', accept the change,' : '';
  return `${changed}: ${paused}. Put it back${accept} or change the link; it goes on by itself.`;
}

function inCzech({ thing, name, change, was, now, pauses }: Drift, system: string): string {
  const what = `${things.cs[thing]} „${name}“ v systému ${system}`;
  const changed = {
    gone: `${what} chybí`,
    type: `${what} má nyní typ ${now}, dříve ${was}`,
    'read-only': `${what} lze jen číst`,
    options: `${what} už nepřijímá: ${was}`,
  }[change];
  const paused =
    pauses === null
      ? 'propojení je pozastaveno'
      : `mapování ${pauses.join(', ') || 'tohoto pole'} je pozastaveno, zbytek propojení pokračuje`;
  const accept = change === 'type' || change === 'options' ? ', přijměte změnu' : '';
  return `${changed}: ${paused}. Vraťte je zpět${accept} nebo upravte propojení; pak to pokračuje samo.`;
}
