import type { ErasurePreview, ErasureReceipt } from '@kontaktor/contracts';
import { table } from '../output/output';
import { renderPerson } from '../output/render-person';
import type { Language } from '../output/words';
import type { Ended, Session } from './session';

export interface EraseOptions {
  readonly contact?: readonly string[];
  readonly at?: readonly string[];
  readonly confirm?: string;
  readonly lang: Language;
}

/** Shows what would go; with the code that this shows, erases. */
export async function erase({ api, output }: Session, address: string, { contact: contactIds, at, confirm, lang }: EraseOptions): Ended {
  const question = { address, contactIds, at };
  if (confirm === undefined) {
    const preview = await api.erasurePreview(question);
    output.data(preview);
    for (const line of linesOf(preview, lang)) output.line(line);
    return !preview.mustChoose;
  }
  const { commandId, state } = await api.erase({ ...question, confirmation: confirm });
  output.data({ erasureId: commandId, state });
  output.line(state === 'obeyed' ? 'Erased here; the tools follow.' : 'Ordered; the registry has not answered yet.');
  output.line(`The receipt: kontaktor erasures ${commandId}`);
  return true;
}

function linesOf(preview: ErasurePreview, lang: Language): string[] {
  const { contacts, counts, places, shared, mustChoose, suppressedSince, confirmation, address } = preview;
  const people = contacts.flatMap(({ contactId, chosen, addresses, records }) => [
    `${chosen ? 'To erase' : 'Knows the address'}: contact ${contactId}`,
    ...addresses.map(
      ({ address: one, current, sharedWith }) =>
        `  ${one}${current ? '' : ' (formerly)'}${sharedWith > 0 ? ` (also of ${sharedWith === 1 ? '1 other' : `${sharedWith} others`}: it stays there)` : ''}`,
    ),
    ...records.map(({ connectionId, remoteId, name }) => `  record ${remoteId} at ${connectionId}${name === null ? '' : `: ${name}`}`),
  ]);
  if (mustChoose) return [...people, '', 'Several people have this address. Say who is meant: --contact <id>'];
  return [
    ...(contacts.length === 0
      ? [`Nobody with the address ${address} is known. It can be erased at the destinations and kept out all the same.`]
      : people),
    ...(suppressedSince === null ? [] : [`The address is kept out since ${suppressedSince}.`]),
    `Kept of them: ${Object.entries(counts)
      .map(([what, count]) => `${what.replaceAll('_', ' ')} ${count}`)
      .join(', ')}`,
    ...places.map(({ connectionId, does, note }) => `${connectionId}: ${does}. ${note[lang]}`),
    ...(shared.length === 0 ? [] : [`Stays, because others have it too: ${shared.join(', ')}`]),
    '',
    'Nothing was changed. This cannot be undone. To erase exactly this, give the same command with:',
    `  --confirm ${confirmation ?? ''}`,
  ];
}

export async function showErasures({ api, output }: Session, id: string | undefined, lang: Language): Ended {
  const erasures = id === undefined ? (await api.erasures({ limit: 50 })).erasures : [await api.erasure(id)];
  output.data(id === undefined ? { erasures } : erasures[0]);
  for (const receipt of erasures) for (const line of receiptLines(receipt, lang, id !== undefined)) output.line(line);
  if (erasures.length === 0) output.line('Nobody was erased.');
  return true;
}

function receiptLines(
  { erasureId, askedAt, askedBy, finished, liftedAt, liftedBy, places }: ErasureReceipt,
  lang: Language,
  whole: boolean,
): string[] {
  const lifted = liftedAt === null ? '' : `, let in again by ${liftedBy} on ${liftedAt}`;
  const head = `${erasureId}  ${askedAt}  by ${askedBy}  ${finished ? 'finished' : 'under way'}${lifted}`;
  if (!whole) return [head];
  const rows = places.map(({ place, state, note, doneAt, expiresAt }) => [
    place,
    state,
    doneAt ?? (expiresAt === null ? '' : `until ${expiresAt}`),
    note[lang],
  ]);
  return [head, ...table(rows)];
}

export async function lift({ api, output }: Session, address: string): Ended {
  const answer = await api.liftErasure(address);
  output.data(answer);
  output.line('May be taken in again. They count as opted out until a later act of their own.');
  return true;
}

export async function exportPerson({ api, output }: Session, address: string, { contact: contactIds, lang }: EraseOptions): Ended {
  const person = await api.exportPerson({ address, contactIds });
  output.data(person);
  if (person.mustChoose) {
    output.line(`Several people have this address. Say who is meant: ${person.candidates.map((id) => `--contact ${id}`).join(' or ')}`);
    return false;
  }
  for (const line of renderPerson(person, lang)) output.line(line);
  return true;
}
