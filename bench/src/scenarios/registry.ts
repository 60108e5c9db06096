import { z } from 'zod';
import type { Settings } from '../arguments';
import type { Measured } from '../measure/result';
import { withWorker } from './with-worker';

const answerShape = z.object({ seconds: z.number(), eligible: z.number(), decisions: z.number(), contacts: z.number(), dead: z.number() });

/** Observations of people who are new, fed as parcels; each is decided, kept and announced. */
export async function measureRegistry(settings: Settings): Promise<Measured> {
  const n = settings.contacts;
  const { answer, used } = await withWorker(settings, 'registry', 'feed', { count: n });
  const { seconds, ...counts } = answerShape.parse(answer);
  const expected = { eligible: n, decisions: n, contacts: n, dead: 0 };
  const wrong = Object.entries(expected).filter(([name, count]) => Reflect.get(counts, name) !== count);
  const problems = wrong.map(([name, count]) => `${name}: ${String(Reflect.get(counts, name))} instead of ${count}`);
  return { n, seconds, ...used, problems };
}
