import type { IncomingMessage } from 'node:http';

const mostRestBytes = 64 * 1024 * 1024;
const mostRestMs = 10_000;

/**
 * Takes in, and throws away, the rest of a body that is refused. A connection that is closed while its other end still sends is reset, and the
 * answer is lost with it: most clients read nothing before they have sent all. Resolves when the body is whole or its sender gone, at the latest
 * after so many bytes and so long: see `request.complete`.
 */
export function receiveRest(request: IncomingMessage): Promise<void> {
  if (request.complete || request.destroyed) return Promise.resolve();
  let bytes = 0;
  return new Promise((resolve) => {
    const ended = (): void => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(ended, mostRestMs);
    request.on('data', (piece: Buffer) => {
      bytes += piece.length;
      if (bytes <= mostRestBytes) return;
      request.pause();
      ended();
    });
    for (const end of ['end', 'close', 'error']) request.once(end, ended);
    request.resume();
  });
}
