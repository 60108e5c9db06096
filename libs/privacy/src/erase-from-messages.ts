import { contactObserved } from '@kontaktor/contracts';
import type { Queryable } from '@kontaktor/persistence';
import { eraseFromTexts } from './erase-from-texts';
import { isNamedIn, type NamedPerson } from './named-person';

interface OutboxRow {
  readonly position: number;
  readonly topic: string;
  readonly keys: readonly string[] | null;
  readonly body: string;
}

interface Event {
  readonly workspaceId?: unknown;
  readonly data?: { readonly readId?: unknown };
}

/** Takes the person out of dead letters, and out of events that were not sent yet. Answers what went, by table. */
export async function eraseFromMessages(tx: Queryable, person: NamedPerson): Promise<Record<string, number>> {
  const letters = await eraseFromTexts(tx, person, { table: 'dead_letters', key: 'id', column: 'event', where: 'strpos(event, $2) > 0' });
  return { dead_letters: letters, outbox: await eraseFromOutbox(tx, person) };
}

async function eraseFromOutbox(tx: Queryable, person: NamedPerson): Promise<number> {
  const rows = await tx.query<OutboxRow>('SELECT position, topic, keys, body FROM outbox WHERE strpos(body, $1) > 0 FOR UPDATE', [
    person.workspaceId,
  ]);
  let gone = 0;
  for (const row of rows) {
    const events: readonly Event[] = JSON.parse(row.body);
    const stays = events.map((event) => !isAbout(row.topic, event, person));
    const left = events.filter((_, at) => stays[at]);
    gone += events.length - left.length;
    if (left.length === 0) await tx.query('DELETE FROM outbox WHERE position = $1', [row.position]);
    else if (left.length < events.length)
      await tx.query('UPDATE outbox SET body = $2, keys = $3 WHERE position = $1', [
        ...[row.position, `[${left.map((event) => JSON.stringify(event)).join(',\n')}]`, row.keys?.filter((_, at) => stays[at]) ?? null],
      ]);
  }
  return gone;
}

/** A read counts what it published: its observations go out, and are counted as suppressed where they arrive. */
function isAbout(topic: string, event: Event, person: NamedPerson): boolean {
  if (event.workspaceId !== person.workspaceId || (topic === contactObserved.name && event.data?.readId !== undefined)) return false;
  return isNamedIn(JSON.stringify(event), person);
}
