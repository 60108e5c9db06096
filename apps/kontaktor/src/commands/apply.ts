import { ApiFailure } from '@kontaktor/api-client';
import type { ChangeReport } from '@kontaktor/contracts';
import { readDocument, type ReadDocument } from '../document/read-document';
import { Failure } from '../failure';
import type { Ended, Session } from './session';

/** `apply` saves the whole document or nothing; `validate` only checks it. */
export async function applyDocument(session: Session, file: string, what: 'apply' | 'validate'): Ended {
  const document = await readDocument(file, session.env);
  const report = await sent(session, document, what);
  session.output.data(report);
  for (const { place, problem } of document.located(report.warnings)) session.output.line(`warning: ${place}: ${problem}`);
  for (const line of changeLines(report)) session.output.line(line);
  return true;
}

async function sent({ api }: Session, document: ReadDocument, what: 'apply' | 'validate'): Promise<ChangeReport> {
  try {
    return await api[what](document.value);
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    throw new Failure(error.message, document.located(error.problems));
  }
}

function changeLines({ saved, connections, links }: ChangeReport): readonly string[] {
  const all = [...connections.map((one) => ({ kind: 'connection', ...one })), ...links.map((one) => ({ kind: 'link', ...one }))];
  const lines = all.map(
    ({ kind, id, change, fields }) => `${kind} ${id}: ${worded(change, saved)}${fields.length > 0 ? ` (${fields.join(', ')})` : ''}`,
  );
  return [...lines, saved ? 'Done.' : 'All is right; nothing was saved.'];
}

const worded = (change: string, saved: boolean): string => (saved || change === 'unchanged' ? change : `would be ${change}`);
