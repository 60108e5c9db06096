import type { ChannelDocument } from '../../document/alert-document';
import { signingSecrets, type ChannelSecrets } from '../configuration/channel-secrets';
import type { Message } from '../words/render-alert';
import type { Attempt } from './outgoing';
import { postJson } from './post-json';
import { sendEmail, type EmailOptions } from './send-email';
import { signedHeaders } from './sign';

/** One thing to bring to one channel. */
export interface Outgoing {
  /** Stays the same over attempts: whoever receives it twice knows it by this. */
  readonly id: string;
  readonly document: ChannelDocument;
  readonly secrets: ChannelSecrets;
  readonly message: Message;
  /** Body of a webhook: `{type, timestamp, data}`. */
  readonly event: object;
  readonly now: Date;
}

/** Brings a message to its channel, once. */
export async function sendMessage({ id, document, secrets, message, event, now }: Outgoing, options: EmailOptions): Promise<Attempt> {
  switch (document.kind) {
    case 'email':
      return sendEmail({ channel: document, password: secrets.password, message, id }, options);
    case 'webhook': {
      const body = JSON.stringify(event);
      return postJson(document.url, body, { ...options, headers: signedHeaders(signingSecrets(secrets, now), id, now, body) });
    }
    case 'chat':
      return postJson(secrets.url ?? '', JSON.stringify({ text: `${message.subject}\n${message.text}` }), options);
  }
}
