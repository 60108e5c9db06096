import { itemRejected, parseJson, type CampaignEvent, type Delivery, type ParsedDelivery } from '@kontaktor/adapter-kit';
import { z } from 'zod';

const textual = z.union([z.string(), z.number()]).transform(String);

const event = z.looseObject({
  type: z.string(),
  event_id: textual.pipe(z.string().min(1)),
  timestamp: textual.transform(Number).pipe(z.number().positive()),
  rcpt_to: z.string().trim().min(1),
  subject: z.string().nullish(),
  // PHP writes an empty map as [].
  rcpt_meta: z.union([z.looseObject({ campaign_id: textual.nullish() }), z.array(z.unknown())]).nullish(),
});
const batch = z.array(z.looseObject({ msys: z.union([z.record(z.string(), z.unknown()), z.array(z.never())]) }));
const statusChange = z.object({ payload: z.looseObject({ email: z.string().trim().min(1) }) });

const kinds = new Map<string, CampaignEvent['kind']>([
  ['injection', 'sent'],
  ['delivery', 'delivered'],
  ['open', 'opened'],
  ['initial_open', 'opened'],
  ['click', 'clicked'],
  ['bounce', 'bounced'],
  ['out_of_band', 'bounced'],
  ['spam_complaint', 'complained'],
  ['list_unsubscribe', 'unsubscribed'],
  ['link_unsubscribe', 'unsubscribed'],
]);
const changingStatus: readonly string[] = ['bounced', 'complained', 'unsubscribed'];

/** Campaign events of the account, and changed statuses of one list, each at its own address. */
export const endpoints = ['campaigns', 'list-status'];

/** @throws AdapterError of kind item-rejected when the body is not what this endpoint receives */
export function parse({ endpoint, body }: Delivery): ParsedDelivery {
  return endpoint === 'list-status' ? parseStatusChange(body) : parseBatch(body);
}

/**
 * SparkPost-style batches: an array of `{msys: {<kind>: {…}}}`, any single key under `msys`. Samples (`{msys: {}}`), kinds of no interest and
 * entries without what makes an event are counted as ignored.
 */
function parseBatch(body: string): ParsedDelivery {
  const entries = readAs(batch, body, 'a list of {"msys": …}').map(({ msys }) => Object.values(msys).flatMap(toEvent));
  const events = entries.flat();
  const hints = new Set(events.filter(({ kind }) => changingStatus.includes(kind)).map(({ address }) => address));
  return { events, hints: [...hints], ignored: entries.filter(({ length }) => length === 0).length };
}

/** It bears no time and no id, so it is a hint: the person is read. */
function parseStatusChange(body: string): ParsedDelivery {
  const { payload } = readAs(statusChange, body, '{"payload": {"email": …}}');
  return { events: [], hints: [payload.email.toLowerCase()], ignored: 0 };
}

function readAs<Shape extends z.ZodType>(shape: Shape, body: string, what: string): z.infer<Shape> {
  const read = shape.safeParse(jsonOf(body));
  if (!read.success) throw itemRejected(`The webhook's body is not ${what}, so nothing was taken from it`);
  return read.data;
}

function jsonOf(body: string): unknown {
  try {
    return parseJson(body);
  } catch {
    throw itemRejected('The webhook’s body is not JSON, so nothing was taken from it');
  }
}

function toEvent(raw: unknown): CampaignEvent[] {
  const read = event.safeParse(raw);
  const kind = kinds.get(read.data?.type ?? '');
  if (!read.success || kind === undefined) return [];
  const { event_id, timestamp, rcpt_to, rcpt_meta, subject } = read.data;
  const time = new Date(timestamp * 1000);
  if (Number.isNaN(time.getTime())) return [];
  // The campaign's id in rcpt_meta is to be trusted, the one at the top is of another format. Mail of automations has none.
  const campaignId = Array.isArray(rcpt_meta) ? undefined : rcpt_meta?.campaign_id;
  return [
    {
      ...{ eventId: `ecomail:${event_id}`, kind, address: rcpt_to.toLowerCase(), at: time.toISOString() },
      ...(campaignId ? { campaignId } : {}),
      ...(subject ? { subject } : {}),
    },
  ];
}
