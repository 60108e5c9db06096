import type { ConsentReport } from '@kontaktor/contracts';
import { table } from '../output/output';
import type { Ended, Session } from './session';

type Subscription = ConsentReport['subscriptions'][number];

const meanings: Readonly<Record<Subscription['verdict'], string>> = {
  clean: 'nobody had opted out before',
  renewed: 'had opted out, and came back by an act of their own',
  'learnt-later': 'had opted out, which we were told only after we had subscribed them',
  'on-the-way': 'opted out while our call was on its way',
  'other-address': 'had opted out at another address that is theirs now',
  'against-opt-out': 'HAD OPTED OUT, AND WE KNEW',
};

/**
 * Everyone we ever subscribed, by verdict; the lines of all that are not clean, or of all. Ends with false when somebody was subscribed against an
 * opt-out that was known.
 */
export async function consentReport({ api, output }: Session, { all }: { readonly all: boolean }): Ended {
  const counts = new Map<Subscription['verdict'], number>();
  const shown: Subscription[] = [];
  for (let after: string | undefined; ;) {
    const { subscriptions, next } = await api.consentReport({ after, limit: 1000 });
    for (const one of subscriptions) {
      counts.set(one.verdict, (counts.get(one.verdict) ?? 0) + 1);
      if (all || one.verdict !== 'clean') shown.push(one);
    }
    if (next === null) break;
    after = next;
  }
  output.data({ counts: Object.fromEntries(counts), subscriptions: shown });
  for (const line of table(shown.map(rowOf))) output.line(line);
  for (const [verdict, count] of counts) output.line(`${count}  ${verdict}: ${meanings[verdict]}`);
  if (counts.size === 0) output.line('Nobody was subscribed yet.');
  return !counts.has('against-opt-out');
}

function rowOf({ from, address, purpose, where, evidence, verdict, optOut }: Subscription): readonly string[] {
  const against = optOut === null ? '' : ` (opted out ${optOut.from} at ${optOut.where}, told ${optOut.recordedAt})`;
  return [from, address, purpose, where, evidence, `${verdict}${against}`];
}
