import { combine, type Combined, type CombineOptions, type Desire, type LinkVersion } from '@kontaktor/domain';
import { notThere, type RemotePerson } from './remote-persons';

/** What the flows of all links into a connection let out for an address, as a write; `links` in the order in which they own shared fields. */
export function combinePerson(
  address: string,
  released: readonly Desire[],
  person: Pick<RemotePerson, 'there' | 'ledger'> | undefined,
  links: readonly LinkVersion[],
): Combined {
  return combine(released, person?.there ?? notThere, person?.ledger ?? {}, optionsOf(address, links));
}

function optionsOf(address: string, links: readonly LinkVersion[]): CombineOptions {
  const conflicts: Record<string, CombineOptions['conflicts'][string]> = {};
  for (const { mapping } of [...links].reverse()) for (const { to, conflict } of mapping) conflicts[to] = conflict;
  // Of several links into one connection the most careful leave policy holds.
  const leaves = links.map(({ leave }) => leave);
  const leave = leaves.includes('untag') ? 'untag' : leaves.includes('unsubscribe') ? 'unsubscribe' : 'delete';
  return { address, leave, conflicts, paused: links.flatMap(({ pausedFields = [] }) => pausedFields) };
}
