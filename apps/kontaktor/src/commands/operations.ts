import { parse } from 'yaml';
import { table } from '../output/output';
import type { Ended, Session } from './session';

export async function exportConfiguration({ api, output }: Session): Ended {
  const text = await api.export();
  output.data(output.json ? parse(text) : undefined);
  output.line(text.trimEnd());
  return true;
}

/** What services could not read; with `again`, it is applied once more. */
export async function listDeadLetters({ api, output }: Session, again: boolean): Ended {
  const answer = await api.deadLetters();
  const result = again ? await api.sendDeadLettersAgain() : undefined;
  output.data(result === undefined ? answer : { ...answer, ...result });
  for (const line of table(answer.deadLetters.map((one) => [one.diedAt, one.service, one.topic, one.id, one.reason]))) output.line(line);
  if (answer.deadLetters.length === 0) output.line('There are no dead letters.');
  for (const service of answer.away) output.line(`${service} does not answer; what it could not read is not listed.`);
  if (result !== undefined) output.line(`Applied ${result.applied}, still dead ${result.stillDead}.`);
  return answer.away.length === 0 && (result?.stillDead ?? 0) === 0;
}
