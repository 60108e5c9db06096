import { isDeepStrictEqual } from 'node:util';
import { differences } from '../../configuration/differences';
import type { ChannelDocument } from '../../document/alert-document';
import type { Problem } from '../../http/refusal';
import { newSigningSecret, replacedSecret, secretPlaces, split, type ChannelSealing, type ChannelSecrets } from './channel-secrets';
import type { SavedChannel } from './saved-alerts';

/** A channel that is to be saved; what it does not say of its secrets is kept from before. */
export interface ChannelDraft {
  readonly channelId: string;
  readonly saved: SavedChannel | undefined;
  /** Without secrets. */
  readonly document: ChannelDocument;
  readonly secrets: ChannelSecrets;
  /** A signing secret that was made here: it is shown this once. */
  readonly madeSecret?: string;
  /** Field paths; empty: nothing changes. */
  readonly changes: readonly string[];
}

export interface DraftedChannel {
  readonly draft?: ChannelDraft;
  /** Places inside the channel. */
  readonly problems: readonly Problem[];
}

export interface Drafting {
  readonly workspaceId: string;
  readonly sealing: ChannelSealing;
  readonly now: Date;
}

/** Joins what was sent with what is kept. */
export function draftChannel(context: Drafting, channelId: string, sent: ChannelDocument, saved: SavedChannel | undefined): DraftedChannel {
  if (saved !== undefined && saved.document.kind !== sent.kind)
    return { problems: [{ place: 'kind', problem: `is ${saved.document.kind} and stays so; make another channel for ${sent.kind}` }] };
  const { document, secrets: given } = split(sent);
  const known = saved === undefined ? {} : context.sealing.open(context.workspaceId, saved);
  const problems = problemsOf(document, given, known, saved);
  if (problems.length > 0) return { problems };
  const { secrets, madeSecret } = joined(document, given, known, context.now);
  const changes = changesOf(document, given, known, saved);
  return { problems, draft: { channelId, saved, document, secrets, changes, ...(madeSecret === undefined ? {} : { madeSecret }) } };
}

function problemsOf(
  document: ChannelDocument,
  given: ChannelSecrets,
  known: ChannelSecrets,
  saved: SavedChannel | undefined,
): readonly Problem[] {
  if (document.kind === 'chat') return given.url === undefined && known.url === undefined ? [{ place: 'url', problem: 'is missing' }] : [];
  if (document.kind !== 'email') return [];
  const { user, security } = document.smtp;
  const place = secretPlaces['password'] ?? '';
  if (user === undefined) return given.password === undefined ? [] : [{ place: 'smtp.user', problem: 'is missing: there is a password' }];
  if (security === 'none') return [{ place: 'smtp.security', problem: 'must be starttls or tls: a password is not sent in clear' }];
  if (given.password !== undefined) return [];
  if (known.password === undefined) return [{ place, problem: 'is missing: there is a user' }];
  // A kept password goes only to the server it was entered for: whoever may edit could else have it sent to one of their own.
  return isDeepStrictEqual(serverOf(saved?.document), serverOf(document))
    ? []
    : [{ place, problem: 'enter it again: it was kept for another server, and goes nowhere else' }];
}

const serverOf = (document: ChannelDocument | undefined): unknown =>
  document?.kind === 'email' ? [document.smtp.host, document.smtp.port, document.smtp.security, document.smtp.user] : undefined;

function joined(
  document: ChannelDocument,
  given: ChannelSecrets,
  known: ChannelSecrets,
  now: Date,
): Pick<ChannelDraft, 'secrets' | 'madeSecret'> {
  if (document.kind === 'email' && document.smtp.user === undefined) return { secrets: {} };
  if (document.kind !== 'webhook') return { secrets: { ...known, ...given } };
  if (given.secret !== undefined && given.secret !== known.secret) return { secrets: replacedSecret(known, given.secret, now) };
  if (known.secret !== undefined) return { secrets: known };
  const madeSecret = newSigningSecret();
  return { madeSecret, secrets: { secret: madeSecret } };
}

function changesOf(
  document: ChannelDocument,
  given: ChannelSecrets,
  known: ChannelSecrets,
  saved: SavedChannel | undefined,
): readonly string[] {
  if (saved === undefined) return ['*'];
  const names = (['password', 'secret', 'url'] as const).filter((name) => given[name] !== undefined && given[name] !== known[name]);
  return [...differences(saved.document, document), ...names.map((name) => secretPlaces[name] ?? name)];
}
