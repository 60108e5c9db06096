import { Webhook } from 'standardwebhooks';

/** Headers of Standard Webhooks (standardwebhooks.com); one signature a secret, so that a secret can be replaced without a gap. */
export function signedHeaders(secrets: readonly string[], id: string, at: Date, body: string): Readonly<Record<string, string>> {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' '),
  };
}
