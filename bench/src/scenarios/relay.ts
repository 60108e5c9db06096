import { z } from 'zod';
import type { Settings } from '../arguments';
import type { Measured } from '../measure/result';
import { withWorker } from './with-worker';

const answerShape = z.object({ seconds: z.number(), taken: z.number(), distinct: z.number() });
/** Events for each contact, so that the default takes longer than a moment. */
const eventsPerContact = 10;

/** Events in an outbox, over the wire, into the inbox of a consumer that only counts them. */
export async function measureRelay(settings: Settings): Promise<Measured> {
  const n = settings.contacts * eventsPerContact;
  const { answer, used } = await withWorker(settings, 'relay', 'carry', { count: n });
  const { seconds, taken, distinct } = answerShape.parse(answer);
  const problems = taken === n && distinct === n ? [] : [`${n} events were sent, ${taken} taken in, ${distinct} different ones`];
  return { n, seconds, ...used, problems };
}
