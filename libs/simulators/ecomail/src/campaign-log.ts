import type { EcomailAccount, LogEntry } from './account';

/** Counters of one e-mail in one campaign or automation. */
export type Counters = Record<(typeof counted)[number], number>;

const counted = ['send', 'open', 'click', 'unsub', 'soft_bounce', 'hard_bounce', 'out_of_band', 'spam', 'spam_complaint'] as const;
const isCounted = (event: string): event is (typeof counted)[number] => counted.some((name) => name === event);
const noCounts = (): Counters => ({
  ...{ open: 0, send: 0, unsub: 0, soft_bounce: 0, click: 0, hard_bounce: 0, out_of_band: 0, spam: 0, spam_complaint: 0 },
});

export type MailSource = { readonly campaign: number } | { readonly pipeline: number };
const keyOf = (source: MailSource): string => ('campaign' in source ? `campaign ${source.campaign}` : `pipeline ${source.pipeline}`);
const sourceOf = ({ campaign_id, autoresponder_id }: LogEntry): MailSource =>
  campaign_id === null ? { pipeline: autoresponder_id ?? 0 } : { campaign: campaign_id };

/** What happened to each mail, by campaign or automation and by person. There is no `delivered` among the events. */
export class CampaignLog {
  private readonly bySource = new Map<string, LogEntry[]>();
  private readonly byEmail = new Map<string, LogEntry[]>();

  constructor(private readonly account: EcomailAccount) {
    for (const entry of account.log) this.index(entry);
  }

  add(source: MailSource, event: string, email: string, at: Date): LogEntry {
    const entry: LogEntry = {
      id: this.account.nextId++,
      campaign_id: 'campaign' in source ? source.campaign : null,
      autoresponder_id: 'pipeline' in source ? source.pipeline : null,
      ...{ action_id: null, event, msg: null, url: null, email, occured_at: at.toISOString() },
    };
    this.account.log.push(entry);
    this.index(entry);
    return entry;
  }

  of(source: MailSource): readonly LogEntry[] {
    return this.bySource.get(keyOf(source)) ?? [];
  }

  ofPerson(email: string): readonly LogEntry[] {
    return this.byEmail.get(email.trim().toLowerCase()) ?? [];
  }

  /** Counters by e-mail of the events from a time on. */
  countersOf(source: MailSource, from = 0): Map<string, Counters> {
    const found = new Map<string, Counters>();
    for (const { email, event, occured_at } of this.of(source)) {
      if (!isCounted(event) || Date.parse(occured_at) < from) continue;
      const counters = found.get(email) ?? noCounts();
      counters[event] += 1;
      found.set(email, counters);
    }
    return found;
  }

  private index(entry: LogEntry): void {
    for (const [map, key] of [
      [this.bySource, keyOf(sourceOf(entry))],
      [this.byEmail, entry.email],
    ] as const) {
      const entries = map.get(key);
      if (entries === undefined) map.set(key, [entry]);
      else entries.push(entry);
    }
  }
}
