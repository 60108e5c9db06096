import { randomBytes } from 'node:crypto';
import { sampleEcomailAccount, startEcomailSimulator, type EcomailSimulator, type Membership } from '@kontaktor/simulator-ecomail';
import { emptyOneclickAccount, startOneclickSimulator, type OneclickSimulator } from '@kontaktor/simulator-oneclick';
import { settled } from '../stack/settled';
import { adapters, type Stack } from '../stack/stack';
import { eventually } from '@kontaktor/testing';
import { z } from 'zod';

/** Two accounts and a link of one journey, on a stack that it shares with others. */
export interface World {
  readonly stack: Stack;
  readonly crm: OneclickSimulator;
  readonly mail: EcomailSimulator;
  readonly crmId: string;
  readonly mailId: string;
  readonly link: string;
  /** An address that only this journey has: who is who, and consent, are the workspace's. */
  at(name: string): string;
  /** The link as a user writes it; `over` replaces keys. */
  document(over?: Readonly<Record<string, unknown>>): { readonly connections: Connections; readonly links: Record<string, object> };
  settled(): Promise<void>;
}

type Connections = Record<string, { provider: string; settings: Record<string, unknown> }>;

export interface WorldOptions {
  /** Names for `at` of people who are in the Ecomail account before, in turn in every status, some with tags set by hand. */
  readonly known?: readonly string[];
}

/** Runs a journey in a world of its own. */
export async function inWorld(stack: Stack, options: WorldOptions, journey: (world: World) => Promise<void>): Promise<void> {
  const id = randomBytes(4).toString('hex');
  const at = (name: string): string => `${name}@${id}.example`;
  const crm = await startOneclickSimulator({ account: () => emptyOneclickAccount() });
  const mail = await startEcomailSimulator({
    account: () => sampleEcomailAccount({ known: (options.known ?? []).map(at), own: 0 }),
    switches: { perMinute: 100_000 },
  });
  const world = worldOf(stack, { crm, mail, id, at });
  try {
    await journey(world);
    // Whatever we did, no automation, mail or notification may have been set off by it.
    expect(mail.account().triggered).toEqual([]);
  } finally {
    await leave(world).finally(() => Promise.all([crm.stop(), mail.stop()]));
  }
}

/** The link does nothing more. */
async function leave({ stack, link }: World): Promise<void> {
  const isSaved = (await stack.api.links()).some(({ id }) => id === link);
  if (isSaved) await stack.api.disableLink(link);
}

function worldOf(stack: Stack, { crm, mail, id, at }: Pick<World, 'crm' | 'mail' | 'at'> & { readonly id: string }): World {
  const [crmId, mailId, link] = [`crm-${id}`, `mail-${id}`, `link-${id}`];
  const connections = (): Connections => ({
    [crmId]: { provider: 'oneclick', settings: { baseUrl: crm.baseUrl, token: crm.account().token } },
    [mailId]: { provider: 'ecomail', settings: { baseUrl: mail.baseUrl, apiKey: mail.account().key } },
  });
  return {
    ...{ stack, crm, mail, crmId, mailId, link, at },
    document: (over = {}) => ({
      connections: connections(),
      links: { [link]: { ...usualLink, source: crmId, destination: mailId, ...over } },
    }),
    settled: () => settled(stack, [crmId, mailId]),
  };
}

export const newList = { name: 'Zákazníci', fromName: 'Firma', fromEmail: 'info@firma.example', replyTo: 'odpovedi@firma.example' };

const usualLink = {
  list: newList,
  purpose: 'newsletter',
  legalBasis: 'Customers, section 7(3) of act 480/2004',
  recordTypes: { email: ['email'], name: ['person'], phone: ['mobile', 'phone'] },
  tags: ['newsletter', 'VIP'],
  brake: { removals: 100, share: 1 },
  schedule: 'none',
  firstRun: 'auto',
};

/** Saves the document and answers the URL to enter in Ecomail for its campaigns, which is entered there. */
export async function setUp(world: World, over: Readonly<Record<string, unknown>> = {}): Promise<string> {
  await world.stack.api.applyWhenReady(world.document(over), adapters);
  const url = (await world.stack.api.connection(world.mailId)).webhookUrls?.['campaigns'];
  if (url === undefined) throw new Error('no webhook URL for campaigns');
  // Entered at Ecomail when ingest knows it; a sample is sent there at once.
  await eventually(async () => expect((await post(url, '[]')).status).toBe(200));
  await act(world.mail, 'webhook', { url });
  return url;
}

export const post = (url: string, body: string): Promise<Response> =>
  fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });

/** What people do by hand, and switches: the simulator's admin port. */
export async function act(simulator: { readonly adminUrl: string }, path: string, body: unknown): Promise<unknown> {
  const response = await post(`${simulator.adminUrl}/${path}`, JSON.stringify(body));
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${JSON.stringify(answer)}`);
  return answer;
}

const created = z.object({
  results: z.tuple([
    z.looseObject({ id: z.number(), persons: z.array(z.object({ id: z.number() })), records: z.array(z.object({ id: z.number() })) }),
  ]),
});

export interface Someone {
  readonly id: number;
  readonly person: number;
  readonly record: number;
}

/** A contact with a person and an e-mail, as somebody enters it in 1CLICK. */
export async function addSomeone(world: World, body: Readonly<Record<string, unknown>>): Promise<Someone> {
  const answer = await act(world.crm, 'people', {
    action: 'add',
    name: 'Firma',
    first_name: 'Jana',
    last_name: 'Malá',
    tags: ['newsletter'],
    ...body,
  });
  const [{ id, persons, records }] = created.parse(answer).results;
  return { id, person: persons[0]?.id ?? 0, record: records[0]?.id ?? 0 };
}

export const inCrm = (world: World, action: string, body: Readonly<Record<string, unknown>>): Promise<unknown> =>
  act(world.crm, 'people', { action, ...body });
export const inMail = (world: World, action: string, body: Readonly<Record<string, unknown>>): Promise<unknown> =>
  act(world.mail, 'people', { action, ...body });

/** Id of the list that was made for the link. */
export function madeList(world: World): number {
  const list = world.mail.account().lists.find(({ name }) => name === newList.name);
  if (list === undefined) throw new Error('the list was not made');
  return list.id;
}

export function membership(world: World, email: string): Membership | undefined {
  return world.mail.book.get(email)?.lists[String(madeList(world))];
}

export const statusOf = (world: World, email: string): number | undefined => membership(world, email)?.status;

/** Addresses that are subscribed in the list of the link. */
export function subscribed(world: World): readonly string[] {
  return [...world.mail.book.people]
    .map(({ email }) => email)
    .filter((email) => statusOf(world, email) === 1)
    .sort();
}

/** Resolves after a look for changes at the CRM that began after this call. */
export async function lookedAgain(world: World): Promise<void> {
  const looks = (): number => world.crm.calls.get('GET /contacts') ?? 0;
  const before = looks();
  await eventually(() => expect(looks()).toBeGreaterThanOrEqual(before + 2));
}

/** Calls at Ecomail that write. */
export const writes = (world: World): number =>
  [...world.mail.calls].filter(([route]) => !route.startsWith('GET ')).reduce((sum, [, count]) => sum + count, 0);
