import {
  AdapterError,
  HttpClient,
  type AdapterContext,
  type AdapterDefinition,
  type HttpClientOptions,
  type ItemAnswer,
  type PulledPage,
  type PulledRecord,
  type PushItem,
} from '../src';
import { issueTicket, type Write } from '@kontaktor/domain';
import type { ProviderUnderTest } from './provider-under-test';

type Located = { readonly baseUrl: string };

/** One started provider with a client to it, made anew for each test. */
export class Bench<Settings extends Located> {
  private readonly clients: HttpClient[] = [];

  constructor(
    readonly adapter: AdapterDefinition<Settings>,
    readonly provider: ProviderUnderTest<Settings>,
  ) {}

  contextOf(settings: Settings, options: Partial<HttpClientOptions> = {}): AdapterContext<Settings> {
    const headers = this.adapter.credentials(settings);
    const { parallel } = this.adapter.limits;
    const http = new HttpClient({ baseUrl: settings.baseUrl, headers, parallel, allowPrivate: true, ...options });
    this.clients.push(http);
    return { settings, http };
  }

  get context(): AdapterContext<Settings> {
    return this.contextOf(this.provider.settings);
  }

  /** Everything that the items need, operation by operation, in batches of the adapter's size. */
  async push(items: readonly PushItem[]): Promise<readonly ItemAnswer[]> {
    const { push } = this.adapter;
    if (push === undefined) throw new TypeError(`${this.adapter.name} is no destination`);
    const context = this.context;
    const answers: ItemAnswer[] = items.map(() => ({ ok: true }));
    for (const [name, { batchSize, run }] of Object.entries(push.operations)) {
      const due = items.flatMap((item, index) => (push.operationsFor(item).includes(name) && answers[index]?.ok ? [{ item, index }] : []));
      for (let start = 0; start < due.length; start += batchSize) {
        const batch = due.slice(start, start + batchSize);
        const results = await run(
          context,
          batch.map(({ item }) => item),
        );
        batch.forEach(({ index }, place) => (answers[index] = results[place] ?? { ok: true }));
      }
    }
    return answers;
  }

  async stop(): Promise<void> {
    await Promise.all(this.clients.map((http) => http.close()));
    await this.provider.stop();
  }
}

const nothing: Omit<Write, 'address'> = {
  ...{ create: false, subscribe: [], comeBack: [], unsubscribe: [], addTags: [], removeTags: [], fields: {}, delete: false },
};

/** An item with a ticket; `places` and `tags` are what is known to stand there. */
export function itemOf(
  address: string,
  want: Partial<Write>,
  there: { readonly tags?: readonly string[]; readonly places?: Readonly<Record<string, string>> } = {},
): PushItem {
  const ticket = issueTicket({ open: true, basis: 'test' }, address, 'newsletter', new Date().toISOString());
  const { tags = [], places = {} } = there;
  return { remoteId: null, want: { ...nothing, address, ...want }, there: { known: Object.keys(places).length > 0, tags, places }, ticket };
}

export async function pagesOf(pages: AsyncIterable<PulledPage>): Promise<PulledPage[]> {
  const found: PulledPage[] = [];
  for await (const page of pages) found.push(page);
  return found;
}

export const keysOf = (records: readonly PulledRecord[]): string[] => records.map(({ remoteId, part }) => `${remoteId} ${part}`);

/** The classified failure that a call must end with. */
export async function failureOf(call: Promise<unknown>): Promise<AdapterError> {
  const outcome: unknown = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (outcome instanceof AdapterError) return outcome;
  throw new TypeError(`expected a classified failure, got ${outcome === undefined ? 'none' : String(outcome)}`);
}
