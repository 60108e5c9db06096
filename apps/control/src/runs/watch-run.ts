import { setTimeout as wait } from 'node:timers/promises';
import type { RunProgressed } from '@kontaktor/contracts';
import { isFinal, runStates } from '@kontaktor/domain';
import type { MessageEvent } from '@nestjs/common';
import { Observable, type Subscriber } from 'rxjs';

const lookEveryMs = 250;
const signOfLifeMs = 15_000;

/** Progress as server-sent events: the present one, each that follows, and the end. Looks at the table, so any replica can serve it. */
export function watchRun(look: () => Promise<RunProgressed | undefined>): Observable<MessageEvent> {
  return new Observable<MessageEvent>((subscriber) => {
    const left = new AbortController();
    watch(look, subscriber, left.signal).catch((error: unknown) => subscriber.error(error));
    return () => left.abort();
  });
}

async function watch(
  look: () => Promise<RunProgressed | undefined>,
  subscriber: Subscriber<MessageEvent>,
  left: AbortSignal,
): Promise<void> {
  let [shown, sentAt] = ['', Date.now()];
  const send = (event: MessageEvent): void => {
    sentAt = Date.now();
    subscriber.next(event);
  };
  while (!left.aborted) {
    const progress = await look();
    const text = JSON.stringify(progress) ?? '';
    if (progress !== undefined && text !== shown) send({ type: 'progress', data: progress });
    else if (Date.now() - sentAt > signOfLifeMs) send({ type: 'waiting', data: '' });
    shown = text;
    if (progress !== undefined && ends(progress)) return subscriber.complete();
    await wait(lookEveryMs, undefined, { signal: left }).catch(ignoreAbort);
  }
}

const ends = ({ state }: RunProgressed): boolean => runStates.some((known) => known === state && isFinal(known));

function ignoreAbort(error: unknown): void {
  if (!(error instanceof Error && error.name === 'AbortError')) throw error;
}
