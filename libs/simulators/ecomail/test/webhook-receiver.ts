import { createServer } from 'node:http';

export interface Received {
  readonly batchId: string | undefined;
  readonly body: ReturnType<typeof JSON.parse>;
}

/** Takes webhooks; the first ones are answered with the given statuses, the others with 200. */
export async function startReceiver(...statuses: number[]) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const status = statuses.shift() ?? 200;
      const batchId = request.headers['x-messagesystems-batch-id'];
      if (status === 200) received.push({ batchId: typeof batchId === 'string' ? batchId : undefined, body: JSON.parse(text) });
      response.writeHead(status);
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    received,
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/hook`,
    stop: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
