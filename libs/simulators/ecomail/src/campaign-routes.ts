import { bodyOf, route, type Route } from '@kontaktor/simulator-kit';
import type { EcomailAccount } from './account';
import { postBatch } from './campaign-sender';
import { missing } from './wire';

/** Campaigns and the account's webhook; saving its URL sends a sample at once, as the live service does. */
export function campaignRoutes(account: EcomailAccount, onProblem: (problem: unknown) => void): Route[] {
  return [
    route('GET /campaigns', ({ query }) => {
      const wanted = query.get('filters[status]');
      return { status: 200, body: account.campaigns.filter(({ status }) => wanted === null || String(status) === wanted) };
    }),
    route('GET /campaigns/:id', ({ params }) => {
      if (!/^\d+$/.test(params['id'] ?? '')) return { status: 422, body: { errors: { id: ['The id must be a number.'] } } };
      const campaign = account.campaigns.find(({ id }) => String(id) === params['id']);
      return campaign === undefined
        ? missing('Campaign')
        : { status: 200, body: { ...campaign, recepient_lists: account.lists.map(({ id }) => id), stats: {} } };
    }),
    route('GET /account', () => ({ status: 200, body: { name: 'Firma', plan: 'marketer' } })),
    route('GET /account/settings/webhook', () => ({ status: 200, body: { url: account.webhookUrl } })),
    route('POST /account/settings/webhook', (request) => {
      const url = bodyOf(request)['url'];
      if (typeof url !== 'string' || !URL.canParse(url))
        return { status: 422, body: { errors: { url: ['The url must be a valid URL.'] } } };
      account.webhookUrl = url;
      void postBatch(url, [{ msys: {} }], undefined, 3).catch(onProblem);
      return { status: 200, body: { url } };
    }),
    route('DELETE /account/settings/webhook', () => {
      account.webhookUrl = null;
      return { status: 200, body: {} };
    }),
  ];
}
