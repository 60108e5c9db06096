import type { IncomingMessage } from 'node:http';
import { SERVICE_CONTEXT, type ServiceContext } from '@kontaktor/service';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import type { Endpoint } from '../endpoints/find-endpoints';
import { notPost, tooLarge, unavailable, unreadable, type Answer } from './answers';
import { harmlessHeaders } from './harmless-headers';
import { HookReceiver } from './hook-receiver';
import { receiveRest } from './receive-rest';

const mostBodyBytes = 1024 * 1024;
const url = '/hooks/*';

interface Admitted {
  readonly endpoint: Endpoint;
  readonly headers: Readonly<Record<string, string>>;
}

interface Reply {
  code(status: number): Reply;
  headers(values: Readonly<Record<string, string>>): Reply;
  send(body: object): unknown;
}

/**
 * The routes of web hooks, in a part of the HTTP server of their own: there a body is never parsed, whatever it says it is. Plain Fastify,
 * because Nest's parsers are one set for the whole application.
 */
@Injectable()
export class HookRoutes implements OnModuleInit {
  private readonly receiver: HookReceiver;
  /** By raw request: what its URL was found to be, before its body is read. */
  private readonly admitted = new WeakMap<object, Admitted>();
  private readonly answered;

  constructor(
    private readonly http: HttpAdapterHost<FastifyAdapter>,
    @Inject(SERVICE_CONTEXT) private readonly context: ServiceContext,
  ) {
    this.receiver = new HookReceiver(context);
    this.answered = context.metrics.counter('kontaktor_webhooks_total', 'Web hooks by the status they were answered', ['status']);
  }

  onModuleInit(): void {
    void this.http.httpAdapter.getInstance().register(async (scope) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: mostBodyBytes }, (_request, body, done) => done(null, body));
      scope.setErrorHandler((error, request, reply) => this.refuse(request.raw, reply, this.answerTo(error)));
      scope.route({
        ...{ method: 'POST', url },
        onRequest: (request, reply) => this.admit(request.raw, reply),
        handler: async (request, reply) => this.answer(reply, await this.receive(request.raw, request.body)),
      });
      const method = ['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
      scope.route({ method, url, onRequest: (request, reply) => this.refuse(request.raw, reply, notPost), handler: () => undefined });
    });
  }

  /** Answers what is refused; the body of what is not goes on to the handler. */
  private async admit(request: IncomingMessage, reply: Reply): Promise<Reply | undefined> {
    const admission = await this.receiver.admit(request.url ?? '');
    if ('refused' in admission) return this.refuse(request, reply, admission.refused);
    this.admitted.set(request, { endpoint: admission.endpoint, headers: harmlessHeaders(request.headers) });
    // What the body calls itself decides nothing: also an ill-formed type is only kept.
    delete request.headers['content-type'];
    return undefined;
  }

  private receive(request: object, body: unknown): Promise<Answer> {
    const admitted = this.admitted.get(request);
    if (admitted === undefined) throw new Error('a web hook came past its admission');
    return this.receiver.receive(admitted.endpoint, admitted.headers, Buffer.isBuffer(body) ? body : Buffer.alloc(0));
  }

  /** What of its body did not come in time can only be cut off. */
  private async refuse(request: IncomingMessage, reply: Reply, answer: Answer): Promise<Reply> {
    await receiveRest(request);
    return this.answer(reply, request.complete ? answer : { ...answer, headers: { ...answer.headers, connection: 'close' } });
  }

  private answer(reply: Reply, { status, body, headers = {} }: Answer): Reply {
    this.answered.inc({ status });
    reply.code(status).headers(headers).send(body);
    return reply;
  }

  private answerTo(error: unknown): Answer {
    const status = typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : undefined;
    if (status === 413) return tooLarge;
    if (status === 400) return unreadable;
    this.context.logger.error({ err: error }, 'a web hook could not be received');
    return unavailable;
  }
}
