import { z } from 'zod';
import { isoTime } from '../fields-schema';

/** What a role may do, it may do with all before it: viewers look, editors configure and run, approvers let plans be carried out, admins let people in. */
export const roles = ['viewer', 'editor', 'approver', 'admin'] as const;
export type Role = (typeof roles)[number];
const role = z.enum(roles);

export const issuedToken = z.object({
  tokenId: z.string(),
  token: z.string().describe('Shown this once, kept only as a hash'),
  expiresAt: isoTime.nullable().describe('Null: it lives until it is deleted'),
});
export type IssuedToken = z.infer<typeof issuedToken>;

export const signedIn = z.object({ token: z.string(), role, expiresAt: isoTime.nullable() });
export type SignedIn = z.infer<typeof signedIn>;

export const meView = z.object({
  workspace: z.string(),
  role,
  actor: z.string().describe('As the audit log names it'),
  user: z.string().nullable().describe('Null: a token of its own'),
});
export type MeView = z.infer<typeof meView>;

export const workspacesView = z.object({ workspaces: z.array(z.object({ workspace: z.string(), createdAt: isoTime })) });
export type WorkspacesView = z.infer<typeof workspacesView>;

export const tokensView = z.object({
  tokens: z.array(
    z.object({
      tokenId: z.string(),
      name: z.string(),
      role,
      user: z.string().nullable().describe('Whose session it is; null: a token of its own'),
      expiresAt: isoTime.nullable(),
    }),
  ),
});
export type TokensView = z.infer<typeof tokensView>;

export const usersView = z.object({ users: z.array(z.object({ user: z.string(), role })) });
export type UsersView = z.infer<typeof usersView>;
