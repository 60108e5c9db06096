import { pragueTime } from '@kontaktor/simulator-kit';
import type { Contact, RecordRow } from './account';

const firstNames = ['Jana', 'Petr', 'Žofie', 'Tomáš', 'Kateřina', 'Jiří', 'Lucie', 'Ondřej', 'Šárka', 'Vojtěch', 'Eliška', 'Řehoř'];
const lastNames = [
  ...['Nováková', 'Novák', 'Dvořák', 'Černá', 'Procházka', 'Kučerová', 'Žluťoučký', 'Šťastný', 'Říhová', 'Bílek', 'Zemanová', 'Kůň'],
];
const companies = ['a syn s.r.o.', 'Stavby a.s.', 'Květiny', 'Autodoprava s.r.o.', 'Účetnictví', 'Pekárna'];
const positions = ['jednatel', 'účetní', 'obchodní ředitelka', ''];

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const pick = <T>(random: () => number, from: readonly [T, ...T[]] | readonly T[]): T => from[Math.floor(random() * from.length)] as T;

/** Small deterministic generator (mulberry32): the same seed gives the same account. */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export const recordRow = (id: number, type: string, value: string, personId: number | null, more: Partial<RecordRow> = {}): RecordRow => ({
  id,
  type,
  value,
  label: '',
  person_id: personId,
  primary: true,
  deleted: false,
  tags: [],
  ...more,
});

/** A company with one person, one e-mail and one mobile. Its ids are `index * 10 + 1` and the numbers after it. */
export function plainContact(index: number, random: () => number): Contact {
  const id = index * 10 + 1;
  const [first, last] = [pick(random, firstNames), pick(random, lastNames)];
  const at = pragueTime(new Date(Date.UTC(2026, 0, 10, 8, 0, 0) + index * 60_000));
  const email = `${plain(first)}.${plain(last)}.${index}@priklad.example`;
  const digits = String(100_000 + index).slice(-6);
  const mobile = `+420 60${index % 10} ${digits.slice(0, 3)} ${digits.slice(3)}`;
  const ic = String(10_000_000 + index);
  return {
    ...{ id, name: `${last} ${pick(random, companies)}`, ic, dic: index % 3 === 0 ? `CZ${ic}` : '', note: '' },
    ...{ deleted: false, deleted_at: null, merged_into: null },
    tags: random() < 0.5 ? ['newsletter'] : random() < 0.3 ? ['VIP'] : ['dodavatel'],
    authorized_users: ['jana.kralova'],
    persons: [{ id: id + 1, first_name: first, last_name: last, position: pick(random, positions), deleted: false }],
    records: [recordRow(id + 2, 'email', email, id + 1), recordRow(id + 3, 'mobile', mobile, id + 1)],
    created_at: at,
    changed_at: at,
  };
}
