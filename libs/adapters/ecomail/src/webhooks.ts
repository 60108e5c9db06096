import { itemRejected, parseJson, type CampaignEvent, type Delivery, type ParsedDelivery } from '@kontaktor/adapter-kit';
import { z } from 'zod';

/** 2100-01-01: what is later was not told in seconds. */
const latestSecond = 4_102_444_800;

const textual = z.union([z.string(), z.number()]).transform(String);

const event = z.looseObject({
  type: z.string(),
  event_id: textual.pipe(z.string().min(1)),
  timestamp: textual.transform(Number).pipe(z.number().positive().max(latestSecond)),
  rcpt_to: z.string().trim().min(1),
  subject: z.string().nullish(),
  // PHP writes an empty map as [].
  rcpt_meta: z.union([z.looseObject({ campaign_id: textual.nullish() }), z.array(z.unknown())]).nullish(),
});
const batch = z.array(z.unknown());
const entry = z.looseObject({ msys: z.union([z.record(z.string(), z.unknown()), z.array(z.never())]) });
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
 * SparkPost-style batches: an array of `{msys: {<kind>: {…}}}`, any single key under `msys`. Samples (`{msys: {}}`) and kinds of no interest are
 * counted as ignored; entries that cannot be read are told, and keep no other from counting.
 */
function parseBatch(body: string): ParsedDelivery {
  const entries = readAs(batch, body, 'a list of {"msys": …}').map(readEntry);
  const events = entries.flatMap((one) => one.events);
  const problems = entries.flatMap(({ problems: own }, at) => own.map((what) => `entry ${at + 1}: ${what}`));
  const hints = new Set(events.filter(({ kind }) => changingStatus.includes(kind)).map(({ address }) => address));
  return {
    ...{ events, hints: [...hints] },
    ignored: entries.filter((one) => one.events.length === 0 && one.problems.length === 0).length,
    ...(problems.length > 0 ? { problem: `Some of the ${entries.length} entries cannot be read. ${problems.join('; ')}` } : {}),
  };
}

interface ReadEntry {
  readonly events: readonly CampaignEvent[];
  readonly problems: readonly string[];
}

function readEntry(raw: unknown): ReadEntry {
  const read = entry.safeParse(raw);
  if (!read.success) return { events: [], problems: ['it is not {"msys": …}'] };
  const all = Object.values(read.data.msys).map(toEvent);
  return { events: all.flatMap((one) => one.events), problems: all.flatMap((one) => one.problems) };
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

const typed = z.looseObject({ type: z.string() });

/** Nothing for a kind of no interest; a problem for one of interest that lacks who, when or which. */
function toEvent(raw: unknown): ReadEntry {
  const kind = kinds.get(typed.safeParse(raw).data?.type ?? '');
  if (kind === undefined) return { events: [], problems: [] };
  const read = event.safeParse(raw);
  if (!read.success) {
    const fields = [...new Set(read.error.issues.map(({ path }) => path.join('.')))];
    return { events: [], problems: [`no usable ${fields.join(', ')} (the time in seconds)`] };
  }
  const { event_id, timestamp, rcpt_to, rcpt_meta, subject } = read.data;
  // The campaign's id in rcpt_meta is to be trusted, the one at the top is of another format. Mail of automations has none.
  const campaignId = Array.isArray(rcpt_meta) ? undefined : rcpt_meta?.campaign_id;
  const told = {
    ...{ eventId: `ecomail:${event_id}`, kind, address: rcpt_to.toLowerCase(), at: new Date(timestamp * 1000).toISOString() },
    ...(campaignId ? { campaignId } : {}),
    ...(subject ? { subject } : {}),
  };
  return { events: [told], problems: [] };
}
