import { route, textsOf, type Reply, type Route, type SimulatorRequest } from '@kontaktor/simulator-kit';
import type { Campaign } from './account';
import { campaignStats, detailStats } from './campaign-stats';
import type { CampaignSender } from './campaign-sender';
import { logPage, logRow, selectEntries, statsDetail } from './log-wire';
import { bodyOf } from './request-body';
import type { SubscriberBook } from './subscriber-book';
import { missing, pagingOf, unprocessable } from './wire';

const mostInDetail = 100;

/** Campaigns: listed, made, sent, and what became of their mails. */
export function campaignRoutes(book: SubscriberBook, sender: CampaignSender): Route[] {
  const withCampaign =
    (run: (campaign: Campaign, request: SimulatorRequest) => Reply): Route['answer'] =>
    (request) => {
      const id = request.params['id'] ?? '';
      // `/campaigns/log` of an older page of the documentation ends here too.
      if (!/^\d+$/.test(id)) return unprocessable({ id: ['The id must be a number.'] });
      const campaign = book.account.campaigns.find((one) => String(one.id) === id);
      return campaign === undefined ? missing('Campaign') : run(campaign, request);
    };
  const statsOf = (campaign: Campaign): Record<string, number> => campaignStats(sender.log, { campaign: campaign.id });
  return [
    route('GET /campaigns', ({ query }) => ({ status: 200, body: listCampaigns(book.account.campaigns, query) })),
    route('POST /campaigns', (request) => createCampaign(sender, bodyOf(request))),
    route(
      'GET /campaigns/:id',
      withCampaign((campaign) => ({
        status: 200,
        body: { ...campaignWire(campaign), stats: detailStats(sender.log, { campaign: campaign.id }) },
      })),
    ),
    route(
      'PUT /campaigns/:id',
      withCampaign((campaign, request) => {
        Object.assign(campaign, changesIn(bodyOf(request)));
        return { status: 200, body: campaignWire(campaign) };
      }),
    ),
    route(
      'GET /campaign/:id/send',
      withCampaign((campaign) => {
        sender.send(campaign);
        return { status: 200, body: campaignWire(campaign) };
      }),
    ),
    route(
      'GET /campaigns/:id/stats',
      withCampaign((campaign) => ({ status: 200, body: { stats: statsOf(campaign) } })),
    ),
    route(
      'GET /campaigns/:id/stats-detail',
      withCampaign(({ id }, request) => statsDetail(sender.log, { campaign: id }, request, mostInDetail, book.switches.emptyMapAsObject)),
    ),
    route(
      'GET /campaigns/:id/log',
      withCampaign(({ id }, { query }) => {
        const entries = selectEntries(sender.log.of({ campaign: id }), query);
        if (!Array.isArray(entries)) return entries;
        return {
          status: 200,
          body: logPage(
            'campaign_log',
            entries.map((entry) => logRow(entry, book.switches.shiftTimes)),
            query,
          ),
        };
      }),
    ),
  ];
}

const campaignWire = (campaign: Campaign): Record<string, unknown> => ({
  ...campaign,
  scheduled_at: null,
  template_id: null,
  ga: null,
  attachments: [],
});

/** A bare array, filtered by `filters[…]` and cut by `per_page` when that is given. */
function listCampaigns(campaigns: readonly Campaign[], query: URLSearchParams): unknown[] {
  const filter = (name: string): string | undefined => query.get(`filters[${name}]`) || undefined;
  const [title, subject, status, id] = ['title', 'subject', 'status', 'id'].map(filter);
  const [updated, from, to] = ['updated_at', 'date_from', 'date_to'].map(filter);
  const contains = (text: string, part: string | undefined): boolean =>
    part === undefined || text.toLowerCase().includes(part.toLowerCase());
  const isWanted = (campaign: Campaign): boolean => {
    const date = (campaign.sent_at ?? campaign.changed_at).slice(0, 10);
    return (
      contains(campaign.title, title) &&
      contains(campaign.subject, subject) &&
      (status === undefined || String(campaign.status) === status) &&
      (id === undefined || String(campaign.id) === id) &&
      (updated === undefined || campaign.changed_at.startsWith(updated)) &&
      (from === undefined || date >= from) &&
      (to === undefined || date <= to)
    );
  };
  const found = campaigns.filter(isWanted).map(campaignWire);
  if (!query.has('per_page')) return found;
  const { page, perPage } = pagingOf(query, found.length, 5000);
  return found.slice((page - 1) * perPage, page * perPage);
}

const texts = ['title', 'subject', 'from_name', 'from_email', 'reply_to'] as const;

function changesIn(body: Record<string, unknown>): Partial<Campaign> {
  const lists = body['recepient_lists'];
  return { ...textsOf(body, texts), ...(Array.isArray(lists) ? { recepient_lists: lists.map(Number).filter(Number.isInteger) } : {}) };
}

function createCampaign(sender: CampaignSender, body: Record<string, unknown>): Reply {
  if (typeof body['title'] !== 'string' || body['title'].trim() === '') return unprocessable({ title: ['The title field is required.'] });
  return { status: 200, body: campaignWire(sender.create(changesIn(body))) };
}
