import { route, type Reply, type Route, type SimulatorRequest } from '@kontaktor/simulator-kit';
import type { CampaignSender } from './campaign-sender';
import { logPage, logRow, selectEntries } from './log-wire';
import type { SubscriberBook } from './subscriber-book';
import { naiveUtc } from './times';
import { missing } from './wire';

/** What happened to one person: mails, automations, visits of the web site (of which the simulator has none). */
export function personLogRoutes(book: SubscriberBook, sender: CampaignSender): Route[] {
  const withPerson =
    (run: (email: string, request: SimulatorRequest) => Reply): Route['answer'] =>
    (request) => {
      const subscriber = book.get(request.params['email']);
      return subscriber === undefined ? missing('Subscriber') : run(subscriber.email, request);
    };
  return [
    route(
      'GET /subscribers/:email/email-log',
      withPerson((email, { query }) => emailLog(book, sender, email, query)),
    ),
    route(
      'GET /subscribers/:email/automation-log',
      withPerson((email, { query }) => ({ status: 200, body: logPage('automation_log', automationRows(book, email), query) })),
    ),
    route(
      'GET /subscribers/:email/events',
      withPerson((_email, { query }) => ({ status: 200, body: withoutLastPage(logPage('data', [], query)) })),
    ),
  ];
}

function withoutLastPage({ last_page: _lastPage, ...page }: Record<string, unknown>): Record<string, unknown> {
  return page;
}

/** Some accounts answer 403 (a switch); 404 means that there are no entries. */
function emailLog(book: SubscriberBook, sender: CampaignSender, email: string, query: URLSearchParams): Reply {
  if (book.switches.closedEmailLog) return { status: 403, body: { message: 'Forbidden.' } };
  const entries = selectEntries(sender.log.ofPerson(email), query);
  if (!Array.isArray(entries)) return entries;
  if (entries.length === 0) return missing('Log');
  const rows = entries.map((entry) => logRow(entry, book.switches.shiftTimes));
  return { status: 200, body: withoutLastPage(logPage('data', rows, query)) };
}

function automationRows({ account }: SubscriberBook, email: string): unknown[] {
  const own = account.triggered.filter((one) => one.kind === 'pipeline' && one.email === email);
  return own.map(({ at, pipeline }, index) => {
    const action = account.pipelines.find(({ id }) => id === pipeline)?.actions[0]?.id ?? null;
    return {
      ...{ id: index + 1, user_id: 1, pipeline_id: pipeline, action_id: action, trigger_id: null, email, props: null, next: null },
      timestamp: naiveUtc(at),
    };
  });
}
