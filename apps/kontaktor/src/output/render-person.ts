import type { PersonExport } from '@kontaktor/contracts';
import type { Language } from './words';

/** An export as text, place by place. */
export function renderPerson(person: PersonExport, lang: Language): string[] {
  const section = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];
  return [
    `${person.address}, as of ${person.exportedAt}`,
    ...section(
      'Addresses',
      person.contacts.flatMap(({ addresses, formerAddresses }) => [...addresses, ...formerAddresses.map((one) => `${one} (formerly)`)]),
    ),
    ...section(
      'Records',
      person.records.flatMap(({ connectionId, remoteId, record: { fields, tags } }) => [
        `${remoteId} at ${connectionId}${tags.length === 0 ? '' : `, tags ${tags.join(', ')}`}`,
        ...Object.entries(fields).flatMap(([name, value]) => (value === null || value === '' ? [] : [`  ${name}: ${String(value)}`])),
      ]),
    ),
    ...section(
      'Where they stand',
      person.places.flatMap(({ connectionId, address, standsThere: { places, tags } }) => [
        `${connectionId}: ${address}${tags.length === 0 ? '' : `, tags ${tags.join(', ')}`}`,
        ...Object.entries(places).map(([place, { status }]) => `  ${place}: ${status}`),
      ]),
    ),
    ...section(
      'Consent',
      person.consent.map(
        ({ from, address, purpose, kind, where, how, evidence }) =>
          `${from}  ${address}  ${purpose}  ${kind}: ${how} (${where}; ${evidence})`,
      ),
    ),
    ...section(
      'Decisions',
      person.decisions.map(({ at, linkId, slotKey, reason }) => `${at}  ${linkId}  ${slotKey}: ${reason.text[lang]}`),
    ),
    ...section(
      'Journal',
      person.activities.map(({ at, kind, text, author }) => `${at}  ${kind}  ${author === null ? '' : `${author}: `}${text}`),
    ),
    ...section(
      'Runs',
      person.runs.map(
        ({ requestedAt, linkId, runId, slotKey, operation }) => `${requestedAt}  ${linkId}  ${runId}  ${slotKey}: ${operation}`,
      ),
    ),
  ];
}
