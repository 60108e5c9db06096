import { setTimeout as wait } from 'node:timers/promises';
import type { RunProgressed } from '@kontaktor/contracts';
import { isFinal, runStates } from '@kontaktor/domain';
import type { MessageEvent } from '@nestjs/common';
import { Observable } from 'rxjs';

const lookEveryMs = 250;
const signOfLifeMs = 15_000;

/** Progress as server-sent events: the present one, each that follows, and the end. Looks at the table, so any replica can serve it. */
export function watchRun(look: () => Promise<RunProgressed | undefined>): Observable<MessageEvent> {
  return new Observable<MessageEvent>((subscriber) => {
    const ended = new AbortController();
    const watch = async (): Promise<void> => {
      let last = { text: '', sentAt: 0 };
      while (!ended.signal.aborted) {
        const progress = await look();
        const text = JSON.stringify(progress ?? null);
        if (progress !== undefined && text !== last.text) subscriber.next({ type: 'progress', data: progress });
        else if (Date.now() - last.sentAt > signOfLifeMs) subscriber.next({ type: 'waiting', data: '' });
        else if (progress === undefined || !ends(progress)) await wait(lookEveryMs, undefined, { signal: ended.signal }).catch(ignoreAbort);
        if (text !== last.text || Date.now() - last.sentAt > signOfLifeMs) last = { text, sentAt: Date.now() };
        if (progress !== undefined && ends(progress)) return subscriber.complete();
      }
    };
    watch().catch((error: unknown) => subscriber.error(error));
    return () => ended.abort();
  });
}

const ends = ({ state }: RunProgressed): boolean => runStates.some((known) => known === state && isFinal(known));

function ignoreAbort(error: unknown): void {
  if (!(error instanceof Error && error.name === 'AbortError')) throw error;
}
