import { setTimeout as wait } from 'node:timers/promises';

const mostBreaks = 5;

/** The JSON objects of a stream of server-sent events; one that breaks off is opened again, five times in a row at most. */
export async function* readEvents(open: () => Promise<ReadableStream<Uint8Array>>): AsyncGenerator<unknown> {
  for (let breaks = 0; breaks <= mostBreaks; breaks += 1) {
    try {
      for await (const event of eventsOf(await open())) {
        breaks = 0;
        yield event;
      }
      return;
    } catch (error) {
      // What fetch throws when a connection breaks; a refusal of the server is told.
      if (!(error instanceof TypeError) || breaks === mostBreaks) throw error;
      await wait(1000);
    }
  }
}

async function* eventsOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<unknown> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of stream) {
    const lines = `${rest}${decoder.decode(chunk, { stream: true })}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.startsWith('data: {')) yield JSON.parse(line.slice('data: '.length));
  }
}
