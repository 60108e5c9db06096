import { classify } from '@kontaktor/adapter-kit';
import { HttpException } from '@nestjs/common';
import type { z } from 'zod';

/** A classified failure of the provider as the answer of internal HTTP. */
export function providerFailureOf(error: unknown): HttpException {
  if (error instanceof HttpException) return error;
  const { kind, message } = classify(error);
  return new HttpException({ kind, message }, statusOf(kind));
}

function statusOf(kind: string): number {
  if (kind === 'rate-limited') return 429;
  return kind === 'credentials-rejected' || kind === 'item-rejected' ? 422 : 502;
}

/** A request's body in the contract's shape. @throws HttpException 400 that names what is wrong */
export function readBody<Shape extends z.ZodType>(shape: Shape, body: unknown): z.infer<Shape> {
  const result = shape.safeParse(body);
  if (result.success) return result.data;
  const message = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
  throw new HttpException({ kind: 'request-invalid', message }, 400);
}
