import { InvalidArgumentError, Option, type Command } from 'commander';
import { acknowledgeAlert, listAlerts, snoozeAlert, testChannel, type AlertsOptions } from './commands/alerts';
import type { Ended, Session } from './commands/session';

/** `kontaktor alerts` and what stands below it. */
export function addAlerts(program: Command, does: (work: (session: Session) => Ended) => Promise<void>): void {
  const alerts = program
    .command('alerts')
    .description('what is wrong')
    .option('--all', 'with what has recovered', false)
    .addOption(new Option('--lang <language>', 'language of the sentences').choices(['en', 'cs']).default('en'))
    .addOption(new Option('--limit <number>', 'at most so many').default('50'))
    .action((options: AlertsOptions) => does((session) => listAlerts(session, options)));
  alerts
    .command('test')
    .argument('<channel>', 'id of the channel')
    .description('send a test message')
    .action((channel: string) => does((session) => testChannel(session, channel)));
  alerts
    .command('acknowledge')
    .argument('<alert>', 'id of the alert')
    .description('take it on: no more reminders')
    .action((alert: string) => does((session) => acknowledgeAlert(session, alert)));
  alerts
    .command('snooze')
    .argument('<alert>', 'id of the alert')
    .description('no reminders for a while')
    .addOption(new Option('--hours <number>', 'how long').argParser(hoursFrom).default(8))
    .action((alert: string, { hours }: { hours: number }) => does((session) => snoozeAlert(session, alert, hours)));
}

function hoursFrom(text: string): number {
  const hours = Number(text);
  if (!(hours > 0 && hours <= 8760)) throw new InvalidArgumentError('It must be a number of hours from 0 to 8760.');
  return hours;
}
