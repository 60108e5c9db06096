import { startSandbox, type Sandbox } from '@kontaktor/service-sandbox';
import { recordTimes } from './request-times';
import { serveParent } from './serve-parent';

const everyPeculiar = 12;
const unlimited = 1e9;

/** Both providers, without delay and with no limit of calls; nobody of the CRM is in Ecomail. One pair a number of contacts. */
serveParent(async (options) => {
  const { contacts } = options as { readonly contacts: readonly number[] };
  const times = recordTimes();
  const pairs: Sandbox[] = [];
  for (const count of contacts) {
    const sandbox = { contacts: count, ports: { oneclick: 0, ecomail: 0 }, perMinute: unlimited, shared: false };
    pairs.push(await startSandbox(sandbox));
  }
  return {
    ready: pairs.map(({ oneclick, ecomail }) => ({
      oneclick: { baseUrl: oneclick.baseUrl, adminUrl: oneclick.adminUrl, token: oneclick.account().token },
      ecomail: { baseUrl: ecomail.baseUrl, adminUrl: ecomail.adminUrl, key: ecomail.account().key },
    })),
    answers: {
      calls: () => pairs.map(({ oneclick, ecomail }) => ({ oneclick: callsOf(oneclick), ecomail: callsOf(ecomail) })),
      standing: () => pairs.map(standing),
      people: (about) => mailPeople(pairs[Number(about)]),
      times: () => times.take(),
    },
    stop: async () => {
      await Promise.all(pairs.map((pair) => pair.stop()));
    },
  };
});

const callsOf = ({ calls }: Sandbox['oneclick'] | Sandbox['ecomail']): Record<string, number> => Object.fromEntries(calls);

/** Who is where: members by list, marks, and plain people with a chosen tag who are not subscribed. */
function standing({ oneclick, ecomail }: Sandbox) {
  const { subscribers, lists } = ecomail.account();
  const subscribed = new Map(
    subscribers.map(({ email, lists: places }) => [email, Object.values(places).filter(({ status }) => status === 1).length]),
  );
  const members = lists.map(({ id }) => subscribers.filter(({ lists: places }) => places[String(id)]?.status === 1).length);
  const wanted = plainPeople(oneclick).map(({ email }) => email);
  const missing = wanted.filter((email) => (subscribed.get(email) ?? 0) === 0).length;
  return { members, missing, wanted: wanted.length, marks: oneclick.account().marks.length, contacts: oneclick.account().contacts.length };
}

/** One in twelve of the sample is a peculiar case; what becomes of the others is known beforehand. */
const plainPeople = ({ account }: Sandbox['oneclick']): { readonly contact: number; readonly person: number; readonly email: string }[] =>
  account().contacts.flatMap(({ id, tags, persons, records }, index) => {
    const email = records.find(({ type }) => type === 'email')?.value ?? '';
    const isPlain = index % everyPeculiar !== everyPeculiar - 1 && tags.some((tag) => tag === 'newsletter' || tag === 'VIP');
    return isPlain && persons[0] !== undefined ? [{ contact: id, person: persons[0].id, email }] : [];
  });

const mailPeople = (pair: Sandbox | undefined) => (pair === undefined ? [] : plainPeople(pair.oneclick));
