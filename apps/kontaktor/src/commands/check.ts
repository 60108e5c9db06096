import { ApiFailure } from '@kontaktor/api-client';
import type { CheckAnswer, PlacedProblem } from '@kontaktor/contracts';
import { stepsOf } from '../document/locate';
import { isGroup, readDocument } from '../document/read-document';
import { problemsWith } from '../document/wrong-document';
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
  const { checked, others } = file === undefined ? { checked: await ofServer(session, saved), others: [] } : await ofFile(session, file);
  const called = saved.filter(({ id }) => checked.some((one) => one.id === id));
  session.output.data({ connections: checked.map((one) => dataOf(one, called)), ...(others.length === 0 ? {} : { problems: others }) });
  for (const { place, problem } of others) session.output.line(`${place}: ${problem}`);
  if (checked.length === 0 && others.length === 0) session.output.line('There are no connections.');
  for (const line of table(checked.flatMap(linesOf))) session.output.line(line);
  for (const line of called.flatMap(webhookLines)) session.output.line(line);
  if (file === undefined) await tellDrift(session);
  return others.length === 0 && checked.every(({ answer }) => answer.ok);
}

function dataOf({ id, answer }: Checked, called: readonly Called[]): object {
  return { id, ...answer, webhookUrls: called.find((one) => one.id === id)?.webhookUrls };
}

async function ofServer({ api }: Session, saved: readonly Called[]): Promise<readonly Checked[]> {
  return Promise.all(saved.map(async ({ id }) => ({ id, answer: await asked(() => api.checkConnection(id)) })));
}

interface CheckedFile {
  readonly checked: readonly Checked[];
  /** What is wrong with the file beside its connections. */
  readonly others: readonly PlacedProblem[];
}

/** What is wrong is found as everywhere else, and told by line; the connections that are right are asked for their accounts. */
async function ofFile({ api, env }: Session, file: string): Promise<CheckedFile> {
  const document = await readDocument(file, env);
  const { links: _links, alerts: _alerts, ...value } = document.value;
  const problems = await problemsWith(document, api.validate(value));
  const connections = isGroup(value['connections']) ? Object.entries(value['connections']) : [];
  const of = (id: string): PlacedProblem[] => problems.filter(({ place }) => isAbout(place, id));
  const checked = connections.map(async ([id, connection]): Promise<Checked> => {
    const own = of(id);
    if (own.length > 0) return { id, answer: { ok: false, problems: own } };
    const { provider, settings = {} } = isGroup(connection) ? connection : {};
    return { id, answer: await asked(() => api.checkSettings({ provider, settings, connection: id })) };
  });
  const others = problems.filter(({ place }) => !connections.some(([id]) => isAbout(place, id)));
  return { checked: await Promise.all(checked), others };
}

/** Whether a located place (`kontaktor.yaml:4:7 connections.mail.settings.apiKey`) is in a connection. */
function isAbout(place: string, id: string): boolean {
  const [group, connection] = stepsOf(/:\d+:\d+ (.*)$/s.exec(place)?.[1] ?? '');
  return group === 'connections' && connection === id;
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
  return answer.problems.map(({ place, problem }) => [id, place === '' ? problem : `${place}: ${problem}`]);
}

const resumedNote = '; its reads and writes were suspended, and go on now';
