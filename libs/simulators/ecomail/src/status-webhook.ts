import type { MailingList } from './account';
import type { Written } from './subscriber-book';

const timeoutMs = 10_000;

/** The webhook of one list about changed statuses: one attempt a change, without time, id or signature. */
export class StatusWebhook {
  /** Calls that were not answered with 2xx. */
  readonly problems: string[] = [];
  private readonly stopping = new AbortController();

  /** Sent when an API call or a form brought somebody in; with double opt-in at registration. */
  subscribed(list: MailingList, { subscriber, membership, statusBefore }: Written): void {
    const isIn = membership.status === 1 || membership.status === 6;
    if (isIn && statusBefore !== membership.status) this.send(list, subscriber.email, 'SUBSCRIBED', null);
  }

  send(list: MailingList, email: string, status: 'SUBSCRIBED' | 'UNSUBSCRIBED', campaignId: number | null): void {
    if (list.status_webhook === null) return;
    const body = JSON.stringify({ payload: { email, status, listId: list.id, campaignId } });
    void this.post(list.status_webhook, body);
  }

  stop(): void {
    this.stopping.abort();
  }

  private async post(url: string, body: string): Promise<void> {
    const signal = AbortSignal.any([AbortSignal.timeout(timeoutMs), this.stopping.signal]);
    try {
      const { status } = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body, signal });
      if (status >= 300) this.problems.push(`the list's webhook answered ${status}`);
    } catch (error) {
      this.problems.push(`the list's webhook could not be reached: ${String(error)}`);
    }
  }
}
