import { publicLookup } from '@kontaktor/adapter-kit';
import { maskAddresses } from '@kontaktor/observability';
import { isIP } from 'node:net';
import { createTransport } from 'nodemailer';
import type { ChannelDocument } from '../../document/alert-document';
import type { Message } from '../words/render-alert';
import { attemptMs, failed, partsOf, type Attempt } from './outgoing';

type EmailDocument = Extract<ChannelDocument, { kind: 'email' }>;

export interface Email {
  readonly channel: EmailDocument;
  readonly password: string | undefined;
  readonly message: Message;
  /** Stays the same over attempts, so that mail programs show one message. */
  readonly id: string;
}

export interface EmailOptions {
  readonly allowPrivate: boolean;
  readonly timeoutMs?: number;
  /** PEM of an authority that is trusted beside those of Node; absent: those alone. */
  readonly ca?: string;
}

/** Sends one mail over SMTP. With `starttls` it goes on only when the server does. */
export async function sendEmail({ channel, password, message, id }: Email, options: EmailOptions): Promise<Attempt> {
  const { smtp, from, to } = channel;
  const { timeoutMs = attemptMs } = options;
  try {
    const transport = createTransport({
      ...{ host: options.allowPrivate ? smtp.host : await publicAddressOf(smtp.host), port: smtp.port, secure: smtp.security === 'tls' },
      ...{ requireTLS: smtp.security === 'starttls', ignoreTLS: smtp.security === 'none' },
      ...{ connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs, dnsTimeout: timeoutMs },
      ...{ disableFileAccess: true, disableUrlAccess: true },
      tls: {
        minVersion: 'TLSv1.2',
        ...(isIP(smtp.host) === 0 ? { servername: smtp.host } : {}),
        ...(options.ca === undefined ? {} : { ca: options.ca }),
      },
      ...(smtp.user === undefined ? {} : { auth: { user: smtp.user, pass: password ?? '' } }),
    });
    try {
      const headers = { 'auto-submitted': 'auto-generated' };
      await transport.sendMail({
        from,
        to: [...to],
        subject: message.subject,
        text: message.text,
        messageId: `<${id}@kontaktor>`,
        headers,
      });
      return { ok: true };
    } finally {
      transport.close();
    }
  } catch (error) {
    return failed(problemOf(error));
  }
}

/** What was checked is what is connected to. @throws when the server is in a private network, or has no address */
function publicAddressOf(host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    publicLookup(host, { all: false }, (error, address) => {
      if (error !== null) reject(error);
      else resolve(typeof address === 'string' ? address : (address[0]?.address ?? host));
    });
  });
}

/** The server's words, without addresses. */
function problemOf(error: unknown): string {
  const { message, kind } = partsOf(error);
  if (kind !== undefined) return 'the mail server is in a private network';
  return message === undefined ? 'the mail could not be sent' : maskAddresses(`the mail could not be sent: ${message}`);
}
