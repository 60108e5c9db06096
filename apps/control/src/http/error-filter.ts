import { SERVICE_CONTEXT, type ServiceContext } from '@kontaktor/service';
import { isDatabaseUnavailable } from '@kontaktor/persistence';
import { Catch, HttpException, Inject, type ArgumentsHost } from '@nestjs/common';
import { BaseExceptionFilter, HttpAdapterHost } from '@nestjs/core';
import { ThrottlerException } from '@nestjs/throttler';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal, type Problem } from './refusal';

interface ErrorAnswer {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly problems: readonly Problem[];
}

/** Every failure of the public API as `{error: {code, message, problems}}`; the rest of the service's HTTP answers as Nest does. */
@Catch()
export class ErrorFilter extends BaseExceptionFilter {
  constructor(
    host: HttpAdapterHost,
    @Inject(SERVICE_CONTEXT) private readonly context: ServiceContext,
  ) {
    super(host.httpAdapter);
  }

  override catch(exception: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    if (!request.url.startsWith('/api/')) return super.catch(exception, host);
    const { status, ...error } = this.answerTo(exception, request);
    void host.switchToHttp().getResponse<FastifyReply>().status(status).send({ error });
  }

  private answerTo(exception: unknown, request: FastifyRequest): ErrorAnswer {
    if (exception instanceof Refusal) {
      const { status, code, message, problems } = exception;
      return { status, code, message, problems };
    }
    if (exception instanceof ThrottlerException) return answer(429, 'too-many', 'These were too many requests; wait a minute.');
    if (exception instanceof HttpException) return ofHttp(exception.getStatus(), exception.message);
    const status = statusOfFastify(exception);
    if (status !== undefined && exception instanceof Error) return ofHttp(status, exception.message);
    if (isDatabaseUnavailable(exception)) return answer(503, 'unavailable', 'The database does not answer; try again in a while.');
    this.context.logger.error({ err: exception, route: request.routeOptions.url }, 'a request failed');
    return answer(500, 'failed', 'This failed inside the service; its log says why.');
  }
}

const answer = (status: number, code: string, message: string): ErrorAnswer => ({ status, code, message, problems: [] });

function ofHttp(status: number, message: string): ErrorAnswer {
  if (status === 404) return answer(404, 'not-found', 'There is nothing at this address; see /api/docs.');
  if (status === 413) return answer(413, 'too-large', 'What was sent is larger than 4 MB.');
  return answer(status, status < 500 ? 'bad-request' : 'failed', message);
}

function statusOfFastify(exception: unknown): number | undefined {
  if (!(exception instanceof Error) || !('statusCode' in exception)) return undefined;
  const { statusCode } = exception;
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500 ? statusCode : undefined;
}
