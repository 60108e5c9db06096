import { AdapterError, type AdapterDefinition, type ParsedDelivery } from '../src';
import fc from 'fast-check';
import type { Bench } from './bench';

type Located = { readonly baseUrl: string };
type Start<Settings extends Located> = () => Promise<Bench<Settings>>;

export function webhookSuite<Settings extends Located>(adapter: AdapterDefinition<Settings>, start: Start<Settings>): void {
  const { webhooks } = adapter;
  if (webhooks === undefined) return;

  it('[A9] each known kind of delivery is read, samples and unknown kinds are counted', async () => {
    const { provider } = await start();
    for (const { delivery, events, hints, ignored } of provider.webhooks ?? []) {
      const parsed = webhooks.parse(delivery);
      expect(parsed).toMatchObject({ hints, ignored });
      expect(parsed.events).toHaveLength(events.length);
      events.forEach((event, index) => expect(parsed.events[index]).toMatchObject(event));
      // The same delivery again gives the same event ids: that is how it is recognised.
      expect(webhooks.parse(delivery)).toEqual(parsed);
    }
  });

  it('[A9] whatever arrives, reading it answers events or refuses with the documented error', () => {
    const endpoint = fc.constantFrom(...webhooks.endpoints, 'unheard-of');
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      nearly.map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(endpoint, text, (name, body) => {
        const parsed = parseOr(() => webhooks.parse({ endpoint: name, headers: {}, body }));
        for (const { at, eventId, address } of parsed?.events ?? []) {
          expect(Number.isNaN(Date.parse(at))).toBe(false);
          expect([eventId, address].every((part) => part.length > 0)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('[A9] a campaign is looked up by its id', async () => {
    const { provider, context } = await start();
    if (adapter.pull.campaign === undefined || provider.campaign === undefined) return;
    const { id, title } = provider.campaign;
    await expect(adapter.pull.campaign(context, id)).resolves.toMatchObject({ title });
  });
}

const odd = fc.oneof(fc.string(), fc.double(), fc.constantFrom(null, [], {}, '', '1e300', 'constructor', '__proto__', '-1'));
const kind = fc.oneof(fc.constantFrom('delivery', 'open', 'bounce', 'spam_complaint', 'constructor', 'toString'), odd);
const event = fc.record(
  { type: kind, event_id: odd, timestamp: odd, rcpt_to: odd, subject: odd, rcpt_meta: fc.oneof(odd, fc.record({ campaign_id: odd })) },
  { requiredKeys: [] },
);
/** Bodies that are almost what providers send. */
const nearly = fc.oneof(
  fc.array(fc.record({ msys: fc.oneof(fc.dictionary(fc.string(), fc.oneof(event, odd)), odd) }, { requiredKeys: [] })),
  fc.record({ payload: fc.oneof(odd, fc.record({ email: odd, status: odd })) }, { requiredKeys: [] }),
);

function parseOr(parse: () => ParsedDelivery): ParsedDelivery | undefined {
  try {
    return parse();
  } catch (error) {
    if (error instanceof AdapterError && error.kind === 'item-rejected') return undefined;
    throw error;
  }
}
