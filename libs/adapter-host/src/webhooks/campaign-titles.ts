import { classify, type CampaignEvent } from '@kontaktor/adapter-kit';
import { insertRows } from '@kontaktor/persistence';
import { nameOf } from '../connections/connection-row';
import type { Connections } from '../connections/connections';
import type { Host } from '../host';
import type { DeliveryRow } from './delivery-row';

export interface Campaign {
  readonly id: string;
  readonly title: string;
  readonly url?: string;
}

interface CampaignRow {
  readonly campaign_id: string;
  readonly title: string;
  readonly url: string | null;
  readonly is_fresh: boolean;
}

const freshHours = 24;
const columns = {
  ...{ workspace_id: 'text', connection_id: 'text', campaign_id: 'text' },
  ...{ title: 'text', url: 'text', read_at: 'timestamptz' },
};

/** Titles and report links of campaigns: from the provider or, for a day, from what it said last. */
export class CampaignTitles {
  /** Questions on the wire: deliveries side by side ask once. */
  private readonly asking = new Map<string, Promise<Campaign>>();

  constructor(
    private readonly host: Host,
    private readonly connections: Connections,
  ) {}

  /**
   * Those that the events name, by id. A campaign that the provider does not know is called by the mail's subject.
   * @throws AdapterError when the provider cannot be asked and nothing is known of a campaign yet
   */
  async of(row: DeliveryRow, events: readonly CampaignEvent[]): Promise<ReadonlyMap<string, Campaign>> {
    const ids = [...new Set(events.flatMap(({ campaignId }) => (campaignId === undefined ? [] : [campaignId])))];
    if (ids.length === 0) return new Map();
    const known = await knownCampaigns(this.host, row, ids);
    const found = new Map<string, Campaign>();
    for (const id of ids) {
      const before = known.get(id);
      found.set(id, before?.is_fresh === true ? toCampaign(before) : await this.askOnce(row, { id, before, events }));
    }
    return found;
  }

  private askOnce(row: DeliveryRow, asked: Asked): Promise<Campaign> {
    const key = `${nameOf(row)}/${asked.id}`;
    const onTheWire = this.asking.get(key);
    if (onTheWire !== undefined) return onTheWire;
    const answer = ask(this.host, this.connections, row, asked).finally(() => this.asking.delete(key));
    this.asking.set(key, answer);
    return answer;
  }
}

async function knownCampaigns(host: Host, row: DeliveryRow, ids: readonly string[]): Promise<ReadonlyMap<string, CampaignRow>> {
  const rows = await host.database.query<CampaignRow>(
    `SELECT campaign_id, title, url, read_at > now() - $4 * interval '1 hour' AS is_fresh FROM campaigns
     WHERE workspace_id = $1 AND connection_id = $2 AND campaign_id = ANY($3)`,
    [row.workspace_id, row.connection_id, ids, freshHours],
  );
  return new Map(rows.map((one) => [one.campaign_id, one]));
}

const toCampaign = ({ campaign_id: id, title, url }: CampaignRow): Campaign => ({ id, title, ...(url === null ? {} : { url }) });

interface Asked {
  readonly id: string;
  readonly before: CampaignRow | undefined;
  readonly events: readonly CampaignEvent[];
}

async function ask(host: Host, connections: Connections, row: DeliveryRow, { id, before, events }: Asked): Promise<Campaign> {
  const subject = events.find(({ campaignId, subject: text }) => campaignId === id && text)?.subject ?? id;
  const { campaign } = host.adapter.pull;
  if (campaign === undefined) return { id, title: subject };
  try {
    const answer = await campaign(connections.get(row), id);
    const kept = { workspace_id: row.workspace_id, connection_id: row.connection_id, campaign_id: id, title: answer.title };
    await insertRows(host.database, 'campaigns', columns, [{ ...kept, url: answer.url ?? null, read_at: new Date() }], {
      onConflict: `ON CONFLICT (workspace_id, connection_id, campaign_id) DO UPDATE SET title = excluded.title, url = excluded.url, read_at = now()`,
    });
    return { id, ...answer };
  } catch (error) {
    if (before !== undefined) return toCampaign(before);
    if (classify(error).kind === 'item-rejected') return { id, title: subject };
    throw error;
  }
}
