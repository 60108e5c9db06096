import { ApiFailure } from '@kontaktor/api-client';
import type { CheckAnswer } from '@kontaktor/contracts';
import { isGroup, readDocument } from '../document/read-document';
import { table } from '../output/output';
import { webhookLines, type Called } from '../output/webhook-lines';
import { tellDrift } from './drift';
import type { Ended, Session } from './session';

interface Checked {
  readonly id: string;
  readonly answer: CheckAnswer;
}

/** Whether each connection of the file, or of the server, works; and the addresses that the providers of those that are saved shall call. */
export async function check(session: Session, file: string | undefined): Ended {
  const saved = await session.api.connections();
  const checked = file === undefined ? await ofServer(session, saved) : await ofFile(session, file);
  const called = saved.filter(({ id }) => checked.some((one) => one.id === id));
  session.output.data({ connections: checked.map((one) => dataOf(one, called)) });
  if (checked.length === 0) session.output.line('There are no connections.');
  for (const line of table(checked.flatMap(linesOf))) session.output.line(line);
  for (const line of called.flatMap(webhookLines)) session.output.line(line);
  if (file === undefined) await tellDrift(session);
  return checked.every(({ answer }) => answer.ok);
}

function dataOf({ id, answer }: Checked, called: readonly Called[]): object {
  return { id, ...answer, webhookUrls: called.find((one) => one.id === id)?.webhookUrls };
}

async function ofServer({ api }: Session, saved: readonly Called[]): Promise<readonly Checked[]> {
  return Promise.all(saved.map(async ({ id }) => ({ id, answer: await asked(() => api.checkConnection(id)) })));
}

async function ofFile({ api, env }: Session, file: string): Promise<readonly Checked[]> {
  const { value } = await readDocument(file, env);
  const entries = isGroup(value['connections']) ? Object.entries(value['connections']) : [];
  return Promise.all(
    entries.map(async ([id, connection]) => {
      const { provider, settings = {} } = isGroup(connection) ? connection : {};
      return { id, answer: await asked(() => api.checkSettings({ provider, settings, connection: id })) };
    }),
  );
}

/** A connection that cannot be asked does not hide the others. */
async function asked(work: () => Promise<CheckAnswer>): Promise<CheckAnswer> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    return { ok: false, problems: error.problems.length > 0 ? [...error.problems] : [{ place: '', problem: error.message }] };
  }
}

function linesOf({ id, answer }: Checked): string[][] {
  if (answer.ok) return [[id, `works: ${answer.account}${answer.resumed === true ? resumedNote : ''}`]];
  return answer.problems.map(({ place, problem }) => [id, place === '' ? problem : `${place} ${problem}`]);
}

const resumedNote = '; its reads and writes were suspended, and go on now';
