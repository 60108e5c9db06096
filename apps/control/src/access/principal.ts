import { roles, type Role } from '@kontaktor/contracts';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Refusal } from '../http/refusal';

/** Who asks. The workspace comes from the token and from nowhere else. */
export interface Principal {
  readonly workspaceId: string;
  readonly role: Role;
  /** For audit and `issuedBy`. */
  readonly actor: string;
  /** Of a user who signed in. */
  readonly session?: { readonly tokenId: string; readonly userName: string };
}

export type SignedRequest = FastifyRequest & { principal?: Principal };

export const mayActAs = (has: Role, wanted: Role): boolean => roles.indexOf(has) >= roles.indexOf(wanted);

export function principalOf(execution: ExecutionContext): Principal {
  const { principal } = execution.switchToHttp().getRequest<SignedRequest>();
  if (principal === undefined) throw new Refusal('not-signed-in', 'Send a token: Authorization: Bearer …');
  return principal;
}

/** The principal of the request, as a parameter. */
export const Who = createParamDecorator((_: unknown, execution: ExecutionContext): Principal => principalOf(execution));
