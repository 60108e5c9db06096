import { providerKey, seal, unseal, type SealingKey } from '@kontaktor/config';
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { ChannelDocument } from '../../document/alert-document';
import { overlapMs } from '../rules/delivery-schedule';

/** What a channel keeps secret. A replaced signing secret goes on signing beside the new one until `previousUntil`. */
const channelSecrets = z.object({
  password: z.string().optional(),
  url: z.string().optional(),
  secret: z.string().optional(),
  previous: z.string().optional(),
  previousUntil: z.string().optional(),
});
export type ChannelSecrets = z.infer<typeof channelSecrets>;

export const newSigningSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

/** The new signing secret, and the one before while it overlaps. */
export function replacedSecret({ secret }: ChannelSecrets, fresh: string, now: Date): ChannelSecrets {
  if (secret === undefined || secret === fresh) return { secret: fresh };
  return { secret: fresh, previous: secret, previousUntil: new Date(now.getTime() + overlapMs).toISOString() };
}

/** The secrets that sign at a time, newest first. */
export function signingSecrets({ secret, previous, previousUntil }: ChannelSecrets, now: Date): readonly string[] {
  const overlaps = previous !== undefined && previousUntil !== undefined && new Date(previousUntil) > now;
  return [...(secret === undefined ? [] : [secret]), ...(overlaps ? [previous] : [])];
}

/** Seals and opens the secrets of channels; control alone can open them. */
export class ChannelSealing {
  private readonly key: SealingKey;

  constructor(master: SealingKey) {
    this.key = providerKey(master, 'control');
  }

  seal(workspaceId: string, channelId: string, secrets: ChannelSecrets): string {
    return seal(this.key, JSON.stringify(secrets), contextOf(workspaceId, channelId));
  }

  open(workspaceId: string, { channelId, sealedSecrets }: { readonly channelId: string; readonly sealedSecrets: string }): ChannelSecrets {
    return channelSecrets.parse(JSON.parse(unseal(this.key, sealedSecrets, contextOf(workspaceId, channelId))));
  }
}

const contextOf = (workspaceId: string, channelId: string): string => `${workspaceId}/alert-channel/${channelId}`;

/** A channel's document, and its secrets apart. */
export function split(document: ChannelDocument): { readonly document: ChannelDocument; readonly secrets: ChannelSecrets } {
  switch (document.kind) {
    case 'email': {
      const { password, ...smtp } = document.smtp;
      return { document: { ...document, smtp }, secrets: password === undefined ? {} : { password } };
    }
    case 'webhook': {
      const { secret, ...rest } = document;
      return { document: rest, secrets: secret === undefined ? {} : { secret } };
    }
    case 'chat': {
      const { url, ...rest } = document;
      return { document: rest, secrets: url === undefined ? {} : { url } };
    }
  }
}

/** Where the secrets stand in a document. */
export const secretPlaces: Readonly<Record<string, string>> = { password: 'smtp.password', secret: 'secret', url: 'url' };
