import { settled } from './settled';

/** A page with the database's time before it was asked for. */
export interface TimedPage<Page> {
  readonly page: Page;
  readonly readAt: Date;
}

/** Pages with their times; while one is being worked on, the next is fetched. */
export async function* readAhead<Page>(pages: AsyncIterable<Page>, clock: () => Promise<Date>): AsyncIterable<TimedPage<Page>> {
  const iterator = pages[Symbol.asyncIterator]();
  const fetch = async (): Promise<TimedPage<Page> | undefined> => {
    const readAt = await clock();
    const next = await iterator.next();
    return next.done === true ? undefined : { page: next.value, readAt };
  };
  let coming = settled(fetch());
  try {
    for (;;) {
      const next = await coming;
      if (!next.ok) throw next.error;
      if (next.value === undefined) return;
      coming = settled(fetch());
      yield next.value;
    }
  } finally {
    await coming;
    await iterator.return?.();
  }
}
