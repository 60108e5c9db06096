import { finalRunStates } from '@kontaktor/contracts';
import { answerLine } from './answer-line';
import { runRow } from './runs';
import { table } from '../output/output';
import type { Ended, Session } from './session';

export async function stopWrites({ api, output }: Session): Ended {
  const answer = await api.stopWrites();
  output.data(answer);
  output.line(answerLine(answer, 'Stopped: nothing is written any more, opt-outs apart. Go on with: kontaktor continue'));
  return true;
}

export async function continueWrites({ api, output }: Session): Ended {
  const answer = await api.continueWrites();
  output.data(answer);
  output.line(answerLine(answer, 'Everything goes on where it stood.'));
  return true;
}

const lookedAt = 200;

/** Whether everything is stopped, and the runs that are not over. */
export async function status({ api, output }: Session): Ended {
  const stop = await api.writesStopped();
  const { runs } = await api.runs({ limit: lookedAt });
  const open = runs.filter(({ state }) => !finalRunStates.has(state));
  output.data({ ...stop, runs: open });
  output.line(
    stop.stopped
      ? `STOPPED by ${stop.by ?? 'somebody'} since ${stop.since ?? ''}: nothing is written, opt-outs apart. Go on with: kontaktor continue`
      : 'Writes go on.',
  );
  output.line(open.length === 0 ? 'No run is on.' : 'Runs that are not over:');
  for (const line of table(open.map(runRow))) output.line(line);
  return true;
}
