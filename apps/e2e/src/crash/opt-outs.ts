import { z } from 'zod';
import { statusOf, type World } from '../world/world';

const item = z.looseObject({ email: z.string() });
const body = z.looseObject({ email: z.string().optional(), subscriber_data: z.union([item, z.array(item), z.looseObject({})]).optional() });

/** Statuses of people who do not want, or cannot get, mail: unsubscribed, bounced, complained. */
export const outStatuses: readonly number[] = [2, 4, 5];

/** Watches every call at Ecomail that could subscribe somebody. */
export class OptOuts {
  /** Subscribed by a call of ours although they had opted out. */
  readonly breaches: string[] = [];
  private readonly out = new Set<string>();

  constructor(world: World) {
    const { journal } = world.mail;
    const note = journal.note.bind(journal);
    journal.note = (route, request, status) => {
      note(route, request, status);
      if (request.method === 'GET') return;
      for (const email of emailsIn(request.text))
        if (this.out.has(email) && statusOf(world, email) === 1) this.breaches.push(`${email} by ${route}`);
    };
  }

  add(email: string): void {
    this.out.add(email);
  }

  has(email: string): boolean {
    return this.out.has(email);
  }

  get size(): number {
    return this.out.size;
  }
}

function emailsIn(text: string): readonly string[] {
  const read = body.safeParse(text === '' ? undefined : JSON.parse(text));
  if (!read.success) return [];
  const { email, subscriber_data: data } = read.data;
  const items = Array.isArray(data) ? data : [data];
  const inside = items.flatMap((one) => (typeof one?.['email'] === 'string' ? [one['email']] : []));
  return [...(email === undefined ? [] : [email]), ...inside];
}
