import { EmbeddedTransport } from '@kontaktor/messaging';
import { Database } from '@kontaktor/persistence';
import { eventually } from '@kontaktor/testing';
import { act, addSomeone, inCrm, lookedAgain, madeList, setUp, subscribed, type World } from '../world/world';
import type { Journey } from './journeys';

/** F13: one person is erased everywhere and stays erased. */
export function privacyJourneys(journey: Journey): void {
  journey('[F13] who is erased is gone at Ecomail and from every table, and stays so when 1CLICK sends them again', async (world) => {
    await setUp(world, { mark: true, diary: true });
    const [erased, stays] = [world.at('vymazana'), world.at('zustava')];
    const surname = `Vymazalova-${world.link}`;
    const { id, person } = await addSomeone(world, { email: erased.toUpperCase(), last_name: surname });
    await addSomeone(world, { email: stays });
    await world.stack.api.run(world.link);
    await deliverTo(world, [erased, stays]);
    await world.settled();
    expect(subscribed(world)).toEqual([erased, stays]);
    expect(await rowsWith(world, erased, surname)).not.toEqual([]);

    const preview = await world.stack.api.erasurePreview({ address: erased });
    expect(preview.places.map(({ connectionId, does }) => [connectionId, does])).toEqual(
      expect.arrayContaining([
        [world.crmId, 'keep'],
        [world.mailId, 'erase'],
      ]),
    );
    const { commandId } = await world.stack.api.erase({ address: erased, confirmation: preview.confirmation });
    const own = async () => {
      const { places } = await world.stack.api.erasure(commandId);
      const mine = places.filter(({ place }) => !place.startsWith('connection/') || place === `connection/${world.mailId}`);
      expect(mine.filter(({ state }) => state === 'pending')).toEqual([]);
      return places;
    };
    const places = await eventually(own, 60_000);
    expect(places.find(({ place }) => place === `connection/${world.mailId}`)).toMatchObject({ state: 'done' });
    expect(world.mail.book.get(erased)).toBeUndefined();

    await inCrm(world, 'edit-person', { contact: id, person, first_name: 'Eva', last_name: surname });
    await inCrm(world, 'tag', { contact: id, tag: 'VIP' });
    await lookedAgain(world);
    await world.stack.api.run(world.link);
    await world.settled();
    expect(subscribed(world)).toEqual([stays]);
    expect((await world.stack.api.why(erased)).contacts).toEqual([]);
    const until = places.find(({ place }) => place === 'topics')?.expiresAt ?? '';
    expect(await rowsWith(world, erased, surname)).toEqual([]);
    expect(await messagesLeftAfter(world, until, erased, surname)).toEqual([]);
  });
}

async function deliverTo(world: World, addresses: readonly string[]): Promise<void> {
  const { id: campaign } = world.mail.newCampaign('Jaro', 'Jaro je tu');
  world.mail
    .account()
    .campaigns.find((one) => one.id === campaign)
    ?.recepient_lists.push(madeList(world));
  for (const email of addresses) await act(world.mail, 'campaign-events', [{ campaign, email, kind: 'delivery' }]);
  await eventually(async () => {
    const { entries } = await world.stack.api.journal({ address: addresses[0], kind: 'campaign_delivered' });
    expect(entries).toMatchObject([{ state: 'written' }]);
  });
}

/** Tables of every service in which a row holds one of the words; the log of events, which the receipt gives a date, is looked at by itself. */
async function rowsWith({ stack: { database } }: World, ...words: readonly string[]): Promise<string[]> {
  const { rows } = await database.query<{ name: string }>(
    `SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) AS name FROM information_schema.tables
     WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema', 'event_log') ORDER BY 1`,
  );
  const found: string[] = [];
  for (const { name } of rows) {
    const { rowCount } = await database.query(
      `SELECT 1 FROM ${name} t WHERE EXISTS (SELECT FROM unnest($1::text[]) AS word WHERE strpos(lower(t::text), word) > 0)`,
      [words.map((word) => word.toLowerCase())],
    );
    if (rowCount !== null && rowCount > 0) found.push(`${name}: ${rowCount}`);
  }
  return found;
}

/**
 * Topics of the embedded log whose messages name the person longer than the receipt says: compacted ones after their compaction, others after
 * their retention.
 */
async function messagesLeftAfter({ stack: { database } }: World, until: string, ...words: readonly string[]): Promise<string[]> {
  const { rowCount } = await database.query(`SELECT 1 FROM information_schema.schemata WHERE schema_name = 'event_log'`);
  if (rowCount === 0) return [];
  const log = new Database({ url: database.options.connectionString ?? '', schema: 'event_log', poolSize: 1 });
  const transport = new EmbeddedTransport(log, (error) => {
    throw error;
  });
  await transport.housekeep();
  const left = await log.query<{ topic: string }>(
    `SELECT DISTINCT topic FROM parcels p JOIN topics t ON t.name = p.topic
     WHERE (t.compacted OR p.appended_at + t.retention_ms * interval '1 ms' > $1::timestamptz)
       AND EXISTS (SELECT FROM unnest($2::text[]) AS word WHERE strpos(lower(p.body), word) > 0)`,
    [until, words.map((word) => word.toLowerCase())],
  );
  await transport.close();
  return left.map(({ topic }) => topic);
}
