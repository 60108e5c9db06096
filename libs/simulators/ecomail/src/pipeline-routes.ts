import { route, type Reply, type Route, type SimulatorRequest } from '@kontaktor/simulator-kit';
import type { Pipeline } from './account';
import type { CampaignSender } from './campaign-sender';
import { pipelineStats } from './campaign-stats';
import { statsDetail } from './log-wire';
import { bodyOf } from './request-body';
import type { SubscriberBook } from './subscriber-book';
import { missing, unprocessable } from './wire';

const mostInDetail = 5000;

/** Automations ("pipelines"): listed, triggered, counted. */
export function pipelineRoutes(book: SubscriberBook, sender: CampaignSender): Route[] {
  const withPipeline =
    (run: (pipeline: Pipeline, request: SimulatorRequest) => Reply): Route['answer'] =>
    (request) => {
      const pipeline = book.account.pipelines.find(({ id }) => String(id) === request.params['id']);
      return pipeline === undefined ? missing('Pipeline') : run(pipeline, request);
    };
  const list = (): Reply => {
    const all = book.account.pipelines.map(({ id, name }) => ({ id, name }));
    return { status: 200, body: book.switches.wrapPipelines ? { data: all } : all };
  };
  const triggeredOf = (pipeline: Pipeline): number => book.account.triggered.filter((one) => one.pipeline === pipeline.id).length;
  return [
    route('GET /pipelines', list),
    route('GET /automation', list),
    route(
      'POST /pipelines/:id/trigger',
      withPipeline((pipeline, request) => trigger(book, pipeline, bodyOf(request)['email'])),
    ),
    route(
      'GET /pipelines/:id/stats',
      withPipeline((pipeline) => ({
        status: 200,
        body: { stats: pipelineStats(sender.log, { pipeline: pipeline.id }, triggeredOf(pipeline)) },
      })),
    ),
    route(
      'GET /pipelines/:id/stats-detail',
      withPipeline(({ id }, request) => statsDetail(sender.log, { pipeline: id }, request, mostInDetail, book.switches.emptyMapAsObject)),
    ),
    route(
      'GET /pipelines/:id/actions',
      withPipeline(({ actions }) => ({ status: 200, body: { data: actions } })),
    ),
    route(
      'GET /pipelines/:id/actions/:action',
      withPipeline(({ actions }, { params }) => {
        const found = actions.filter(({ id }) => id === params['action']);
        return found.length === 0 ? missing('Action') : { status: 200, body: { data: found } };
      }),
    ),
  ];
}

function trigger(book: SubscriberBook, pipeline: Pipeline, email: unknown): Reply {
  if (typeof email !== 'string' || email.trim() === '') return unprocessable({ email: ['The email field is required.'] });
  book.trigger({ kind: 'pipeline', email: email.trim().toLowerCase(), list: null, pipeline: pipeline.id, by: 'trigger' });
  return { status: 200, body: {} };
}
