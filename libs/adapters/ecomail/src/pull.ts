import type { PulledPage, PulledRecord } from '@kontaktor/adapter-kit';
import { lists, members, pageSize, person, type Context } from './client';
import { pulled, toRecord } from './to-record';

/** A listing shows one status at a time; soft bounces (3) have no filter and are seen only when a person is read singly. */
const statusNames = ['subscribed', 'unsubscribed', 'bounced', 'complained', 'not_confirmed'];

/** Every member of every list of the account: who is in no list of it is created in bulk, tags and all, so nobody may be overlooked. */
export async function* records(context: Context, cursor: string | undefined): AsyncIterable<PulledPage> {
  const passes = (await lists(context)).flatMap(({ id }) => statusNames.map((status) => ({ list: String(id), status })));
  const start = cursor === undefined ? undefined : parseCursor(cursor);
  const first = start === undefined ? 0 : passes.findIndex(({ list, status }) => list === start.list && status === start.status);
  for (let index = Math.max(first, 0); index < passes.length; index += 1) {
    const { list, status } = passes[index] as (typeof passes)[number];
    const from = index === first && start !== undefined ? start.page : 1;
    for (let page = from; ; page += 1) {
      const rows = await members(context, list, status, page);
      yield { records: rows.map((row) => toRecord(row, list)), cursor: `${list}|${status}|${page + 1}` };
      if (rows.length < pageSize) break;
    }
  }
}

function parseCursor(cursor: string): { readonly list: string; readonly status: string; readonly page: number } {
  const [list = '', status = '', page = '1'] = cursor.split('|');
  return { list, status, page: Number(page) };
}

/** One person in each list they are in. */
export async function get(context: Context, email: string): Promise<readonly PulledRecord[]> {
  const found = await person(context, email);
  if (found === undefined || Array.isArray(found.lists)) return [];
  return Object.entries(found.lists).map(([list, membership]) => pulled(found, list, membership));
}
