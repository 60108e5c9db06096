import type { ChangeReport } from '@kontaktor/contracts';
import { readDocument, type ReadDocument } from '../document/read-document';
import { rightAnswer } from '../document/wrong-document';
import { changeCount, planLines } from '../output/render-changes';
import type { Ended, Session } from './session';

interface ApplyOptions {
  readonly file: string;
  /** Delete what is there and not in the file. */
  readonly prune?: boolean;
  readonly detailedExitcode?: boolean;
}

/** Checks a document and saves nothing. */
export async function validateDocument(session: Session, file: string): Ended {
  const document = await readDocument(file, session.env);
  const report = await rightAnswer(document, session.api.validate(document.value));
  session.output.data(report);
  warn(session, document, report);
  session.output.line('All is right; nothing was saved.');
  return true;
}

/** Shows what applying would do. With `detailedExitcode` it ends with 2 when that is something. */
export async function planDocument(session: Session, { file, prune, detailedExitcode = false }: ApplyOptions): Ended {
  const document = await readDocument(file, session.env);
  const plan = await rightAnswer(document, session.api.planDocument(document.value, { prune }));
  session.output.data(plan);
  warn(session, document, plan);
  for (const line of planLines(plan)) session.output.line(line);
  return detailedExitcode && changeCount(plan) > 0 ? 2 : true;
}

/** Shows the plan and carries out exactly this: not when the configuration was changed in between. */
export async function applyDocument(session: Session, { file, prune }: ApplyOptions): Ended {
  const document = await readDocument(file, session.env);
  const plan = await rightAnswer(document, session.api.planDocument(document.value, { prune }));
  warn(session, document, plan);
  for (const line of planLines(plan)) session.output.line(line);
  const report = await rightAnswer(document, session.api.apply(document.value, { prune, revision: plan.revision }));
  session.output.data(report);
  for (const { id, secret } of report.alerts?.channels ?? [])
    if (secret !== undefined) session.output.line(`secret of the alert channel ${id}, shown this once: ${secret}`);
  session.output.line('Done.');
  return true;
}

function warn({ output }: Session, document: ReadDocument, { warnings }: ChangeReport): void {
  for (const { place, problem } of document.located(warnings)) output.line(`warning: ${place}: ${problem}`);
}
