import type { Choice } from '@kontaktor/adapter-kit';
import type { AccountSchemaTold } from '@kontaktor/contracts';
import type { ProviderContext } from '../connections/connections';
import type { Host } from '../host';

type Told = Omit<AccountSchemaTold, 'workspaceId' | 'connectionId' | 'at'>;

/** What an account offers now: the adapter's own fields, those that only this account has, and what links pick from. */
export async function describeAccount({ adapter }: Host, context: ProviderContext): Promise<Told> {
  const { describe } = adapter;
  const own = await describe.fields?.(context);
  const fields = Object.entries({ ...adapter.fields, ...own }).map(([name, { type, writable, options }]) => [
    name,
    { type, writable, ...(options === undefined ? {} : { options: [...options] }) },
  ]);
  return {
    fields: Object.fromEntries(fields),
    lists: keys(await describe.lists?.(context)),
    tags: keys(await describe.tags?.(context)),
    recordTypes: keys(await describe.recordTypes?.(context)),
  };
}

const keys = (choices: readonly Choice[] | undefined): string[] | null => choices?.map(({ key }) => key) ?? null;
