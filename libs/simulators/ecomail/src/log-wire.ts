import type { Reply, SimulatorRequest } from '@kontaktor/simulator-kit';
import type { LogEntry } from './account';
import type { CampaignLog, Counters, MailSource } from './campaign-log';
import { isoTime } from './times';
import { pagingOf, unprocessable } from './wire';

const day = /^\d{4}-\d{2}-\d{2}$/;
const endOfDay = 24 * 60 * 60 * 1000 - 1;

export const logRow = (entry: LogEntry, shifted: boolean): object => ({
  ...entry,
  occured_at: isoTime(entry.occured_at, shifted),
  mail_name: null,
});

/** Entries as the query wants them: `email`, `events[]`, `date_from`, `date_to`, `sort_by`, `sort_dir` (newest first). Or what is wrong with it. */
export function selectEntries(entries: readonly LogEntry[], query: URLSearchParams): LogEntry[] | Reply {
  const [from, to] = [query.get('date_from'), query.get('date_to')];
  for (const [name, value] of Object.entries({ date_from: from, date_to: to }))
    if (value !== null && !day.test(value)) return unprocessable({ [name]: [`The ${name} does not match the format Y-m-d.`] });
  if (from !== null && to !== null && to < from)
    return unprocessable({ date_to: ['The date_to must be a date after or equal to date_from.'] });
  const events = query.getAll('events[]');
  const email = query.get('email')?.trim().toLowerCase();
  const isWanted = (entry: LogEntry): boolean => {
    const at = Date.parse(entry.occured_at);
    return (
      (events.length === 0 || events.includes(entry.event)) &&
      (email === undefined || entry.email === email) &&
      (from === null || at >= Date.parse(from)) &&
      (to === null || at <= Date.parse(to) + endOfDay)
    );
  };
  const by = query.get('sort_by') ?? 'occured_at';
  const direction = query.get('sort_dir') === 'asc' ? 1 : -1;
  return entries.filter(isWanted).sort((one, other) => direction * (compareBy(by, one, other) || one.id - other.id));
}

function compareBy(by: string, one: LogEntry, other: LogEntry): number {
  if (by === 'id') return one.id - other.id;
  return by === 'event' ? one.event.localeCompare(other.event) : one.occured_at.localeCompare(other.occured_at);
}

/** `{<name>: rows, current_page, per_page, total, last_page}`; 20 rows a page, 100 at most. */
export function logPage(name: string, rows: readonly unknown[], query: URLSearchParams): Record<string, unknown> {
  const { page, perPage } = pagingOf(query, 20, 100);
  const last = Math.max(1, Math.ceil(rows.length / perPage));
  const some = rows.slice((page - 1) * perPage, page * perPage);
  return { [name]: some, current_page: page, per_page: perPage, total: rows.length, last_page: last };
}

/** Counters by e-mail, a page of them. `total` is how many people were meant, so it may exceed the rows. */
export function statsDetail(log: CampaignLog, source: MailSource, request: SimulatorRequest, most: number, emptyAsObject: boolean): Reply {
  const { query, path } = request;
  const from = query.get('from_date');
  if (from !== null && !day.test(from)) return unprocessable({ from_date: ['The from_date does not match the format Y-m-d.'] });
  const all = log.countersOf(source, from === null ? 0 : Date.parse(from));
  const [event, email] = [query.get('event'), query.get('email')?.trim().toLowerCase()];
  const has = (counters: Counters): boolean => event === null || Number(Reflect.get(counters, event) ?? 0) > 0;
  const rows = [...all].filter(([who, counters]) => has(counters) && (email === undefined || who === email));
  const { page, perPage } = pagingOf(query, most, most);
  const some = rows.slice((page - 1) * perPage, page * perPage).map(([who, counters]) => [who, { ...counters, mail_name: null }] as const);
  const next = page * perPage < rows.length ? `https://api2.ecomailapp.cz${path}?page=${page + 1}` : null;
  const subscribers = some.length === 0 && !emptyAsObject ? [] : Object.fromEntries(some);
  return { status: 200, body: { next_page_url: next, total: all.size, per_page: perPage, subscribers } };
}
