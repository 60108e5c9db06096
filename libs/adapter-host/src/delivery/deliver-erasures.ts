import { classify, itemRejected, uncertain, type ErasedPerson, type PushItem } from '@kontaktor/adapter-kit';
import { personToErase, type EraseRequested } from '@kontaktor/contracts';
import type { ProviderContext } from '../connections/connections';
import type { Host } from '../host';
import type { Batch } from './batch';
import type { Delivered } from './delivered';
import type { WorkRow } from './work-row';

/**
 * Erases people at the provider. The registry is not asked: it knows them no longer. An erasure is done when a reading after the provider's read
 * lag shows nobody; a write that was still on its way may bring the person back until then.
 */
export function deliverErasures(host: Host, context: ProviderContext, { rows, connection }: Batch): Promise<readonly Delivered[]> {
  return Promise.all(
    rows.map(async (row): Promise<Delivered> => {
      try {
        if (row.body.kind !== 'erase') throw itemRejected('this is no order to erase');
        const person = personOf(host, connection.workspace_id, row.body);
        return await (host.adapter.erasure?.person === undefined
          ? withdraw(host, context, row, person)
          : erase(host, context, row, person));
      } catch (error) {
        return { row, result: 'failed', error: classify(error), stamps: {} };
      }
    }),
  );
}

const personOf = ({ personKey }: Host, workspaceId: string, { person, erasureId }: EraseRequested): ErasedPerson =>
  personToErase.parse(JSON.parse(personKey.open(person, `${workspaceId}/${erasureId}`)));

async function erase({ adapter }: Host, context: ProviderContext, row: WorkRow, person: ErasedPerson): Promise<Delivered> {
  const isErased = row.stamps?.['erased'] !== undefined;
  if (isErased && !(await isThere(adapter, context, person))) return { row, result: 'done', stamps: {}, remains: adapter.erasure?.remains };
  await adapter.erasure?.person?.(context, person);
  if (!isErased) return { row, result: 'postponed', afterMs: adapter.readLagMs, stamps: { erased: new Date().toISOString() } };
  return { row, result: 'failed', error: uncertain(`${adapter.title} showed the person again after they were erased`), stamps: {} };
}

async function isThere({ pull }: Host['adapter'], context: ProviderContext, person: ErasedPerson): Promise<boolean> {
  const { address, remoteId, group } = person;
  const target = group ?? remoteId ?? address;
  if (target === null) return false;
  const records = await pull.get(context, target);
  return records.some((record) => record.presence !== 'gone' && (group === null || record.remoteId === remoteId));
}

/** Where the provider erases nobody: nobody writes to the person any more, and somebody has to do the rest by hand. */
async function withdraw({ adapter }: Host, context: ProviderContext, row: WorkRow, { address }: ErasedPerson): Promise<Delivered> {
  const remains = adapter.erasure?.remains ?? byHandAt(adapter.title);
  const { push, pull } = adapter;
  if (push === undefined || address === null) return { row, result: 'done', stamps: {}, remains };
  const there = (await pull.get(context, address)).flatMap(({ record }) => (record === undefined ? [] : Object.entries(record.places)));
  const item = leaving(
    address,
    there.filter(([, { status }]) => status === 'subscribed').map(([place]) => place),
  );
  for (const name of item.want.unsubscribe.length === 0 ? [] : push.operationsFor(item)) {
    const [answer] = (await push.operations[name]?.run(context, [item])) ?? [];
    if (answer?.ok === false) throw answer.error;
  }
  return { row, result: 'done', stamps: {}, remains };
}

const leaving = (address: string, unsubscribe: readonly string[]): PushItem => ({
  remoteId: null,
  want: { address, create: false, subscribe: [], comeBack: [], unsubscribe, addTags: [], removeTags: [], fields: {}, delete: false },
  there: { known: true, tags: [], places: Object.fromEntries(unsubscribe.map((place) => [place, 'subscribed'])) },
  ticket: undefined,
});

const byHandAt = (title: string) => ({
  en: `${title} has no call that erases a person. Open ${title}, find the person and delete them there.`,
  cs: `${title} nemá volání, které by osobu vymazalo. Otevřete ${title}, osobu najděte a smažte ji tam.`,
});
