import { checkAnswer, type CheckAnswer } from '@kontaktor/contracts';
import { connections } from '../api/answers';
import { isGroup, readDocument } from '../document/read-document';
import { table } from '../output/output';
import { Failure } from '../failure';
import type { Ended, Session } from './session';

interface Checked {
  readonly id: string;
  readonly answer: CheckAnswer;
}

/** Whether each connection of the file, or of the server, works. */
export async function check(session: Session, file: string | undefined): Ended {
  const checked = file === undefined ? await ofServer(session) : await ofFile(session, file);
  session.output.data({ connections: checked.map(({ id, answer }) => ({ id, ...answer })) });
  if (checked.length === 0) session.output.line('There are no connections.');
  for (const line of table(checked.flatMap(linesOf))) session.output.line(line);
  return checked.every(({ answer }) => answer.ok);
}

async function ofServer({ api }: Session): Promise<readonly Checked[]> {
  const known = await api.get('connections', connections);
  return Promise.all(
    known.connections.map(async ({ id }) => ({ id, answer: await asked(() => api.post(`connections/${id}/check`, {}, checkAnswer)) })),
  );
}

async function ofFile({ api, env }: Session, file: string): Promise<readonly Checked[]> {
  const { value } = await readDocument(file, env);
  const entries = isGroup(value['connections']) ? Object.entries(value['connections']) : [];
  return Promise.all(
    entries.map(async ([id, connection]) => {
      const { provider, settings = {} } = isGroup(connection) ? connection : {};
      return { id, answer: await asked(() => api.post('connections/check', { provider, settings, connection: id }, checkAnswer)) };
    }),
  );
}

/** A connection that cannot be asked does not hide the others. */
async function asked(work: () => Promise<CheckAnswer>): Promise<CheckAnswer> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { ok: false, problems: error.problems.length > 0 ? [...error.problems] : [{ place: '', problem: error.message }] };
  }
}

function linesOf({ id, answer }: Checked): string[][] {
  if (answer.ok) return [[id, `works: ${answer.account}`]];
  return answer.problems.map(({ place, problem }) => [id, place === '' ? problem : `${place} ${problem}`]);
}
