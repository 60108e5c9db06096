import { Failure } from '../failure';
import { table } from '../output/output';
import type { Language } from '../output/words';
import { answerLine } from './answer-line';
import type { Ended, Session } from './session';

export interface PeopleOptions {
  readonly list: string;
  readonly after?: string;
  readonly limit: string;
  readonly lang: Language;
}

/** A page of one of the lists of a link, with address and reason. */
export async function listPeople({ api, output }: Session, linkId: string, { list, after, limit, lang }: PeopleOptions): Ended {
  const answer = await api.people(linkId, { list, after, limit });
  output.data(answer);
  if (answer.people.length === 0) output.line('Nobody.');
  const rows = answer.people.map(({ address, remoteId, outcome, reason, problem }) => [
    ...[address ?? remoteId, outcome],
    problem === null ? reason.text[lang] : `${problem} (${reason.text[lang]})`,
  ]);
  for (const line of table(rows)) output.line(line);
  if (answer.next !== null) output.line(`There is more: --after '${answer.next}'`);
  return true;
}

export async function liftBrake(session: Session, linkId: string, { removals, hours }: { removals: string; hours: string }): Ended {
  const { api, output } = session;
  const lift = { removals: wholeNumber(removals, '--removals'), hours: wholeNumber(hours, '--hours') };
  const answer = await api.liftBrake(linkId, lift);
  output.data(answer);
  output.line(
    answerLine(answer, `${lift.removals} more removal${plural(lift.removals)} may pass within ${lift.hours} hour${plural(lift.hours)}.`),
  );
  return true;
}

const plural = (count: number): string => (count === 1 ? '' : 's');

function wholeNumber(text: string, option: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new Failure(`${option} must be a whole number, 1 or more, not "${text}".`);
  return number;
}

/** Deletes a link, or asks for its last run. */
export async function deleteLink({ api, output }: Session, linkId: string, members: 'leave' | 'take-out'): Ended {
  const answer = await api.deleteLink(linkId, members);
  output.data(answer);
  output.line(
    answer.runId === null
      ? `The link ${linkId} is deleted; what it put there stays.`
      : `The run ${answer.runId} plans to take out what the link put there. Look at its plan, and approve it, with: kontaktor plan ${answer.runId}`,
  );
  return true;
}
