import type { AlertView } from '@kontaktor/contracts';
import { table } from '../output/output';
import type { Language } from '../output/words';
import type { Ended, Session } from './session';

export interface AlertsOptions {
  /** With what has recovered. */
  readonly all: boolean;
  readonly limit: string;
  readonly lang: Language;
}

const hourMs = 60 * 60 * 1000;

/** What is wrong, newest first. */
export async function listAlerts({ api, output }: Session, { all, limit, lang }: AlertsOptions): Ended {
  const answer = await api.alerts({ state: all ? 'all' : 'open', limit });
  output.data(answer);
  if (answer.alerts.length === 0) output.line(all ? 'There are no alerts.' : 'Nothing is wrong.');
  for (const line of table(answer.alerts.map((alert) => row(alert, lang)))) output.line(line);
  return true;
}

function row({ alertId, since, recoveredAt, acknowledged, snoozedUntil, condition, object, text }: AlertView, lang: Language): string[] {
  const taken =
    acknowledged === null ? (snoozedUntil === null ? 'open' : `snoozed until ${snoozedUntil}`) : `taken on by ${acknowledged.by}`;
  return [since, recoveredAt === null ? taken : `recovered ${recoveredAt}`, condition, `${object.kind} ${object.id}`, alertId, text[lang]];
}

/** Sends a test message to a channel. */
export async function testChannel({ api, output }: Session, channel: string): Ended {
  const answer = await api.testAlertChannel(channel);
  output.data(answer);
  output.line(
    answer.ok ? `The test message came through to ${channel}.` : `The test message to ${channel} did not come through: ${answer.problem}.`,
  );
  return answer.ok;
}

export async function acknowledgeAlert({ api, output }: Session, alertId: string): Ended {
  const answer = await api.acknowledgeAlert(alertId);
  output.data(answer);
  output.line('Taken on: no more reminders; recovery is still told.');
  return true;
}

export async function snoozeAlert({ api, output }: Session, alertId: string, hours: number): Ended {
  const until = new Date(Date.now() + hours * hourMs).toISOString();
  const answer = await api.snoozeAlert(alertId, until);
  output.data(answer);
  output.line(`No reminders until ${until}; recovery is still told.`);
  return true;
}
