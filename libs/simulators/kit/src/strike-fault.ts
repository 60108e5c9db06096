import type { ServerResponse } from 'node:http';
import { plainReply, type Fault } from './fault-box';
import type { Reply } from './route';

type Send = (response: ServerResponse, reply: Reply) => void;
type Answer = () => Reply;

/** Answers a request with a fault. `cut-body`, `huge`, `lost-answer` and `slow` let the effect happen; the others do not. */
export async function strikeFault(fault: Fault, response: ServerResponse, answer: Answer, send: Send): Promise<void> {
  const plain = plainReply(fault);
  if (plain !== undefined) return send(response, plain);
  switch (fault.kind) {
    case 'html':
      response.writeHead(200, { 'content-type': 'text/html' });
      return void response.end('<html><body>Maintenance</body></html>');
    case 'cut-body':
      return cutBody(response, answer());
    case 'huge':
      return hugeBody(response, answer(), fault.bytes ?? 80 * 1024 * 1024);
    case 'lost-answer':
      answer();
      return void response.destroy();
    default:
      await waitOrGone(response, fault.delayMs ?? 1000);
      return send(response, answer());
  }
}

function cutBody(response: ServerResponse, { body }: Reply): void {
  const text = JSON.stringify(body ?? {});
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) + 10 });
  response.write(text.slice(0, Math.ceil(text.length / 2)));
  response.socket?.destroySoon();
}

function hugeBody(response: ServerResponse, { status, body }: Reply, bytes: number): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.write(Buffer.alloc(bytes, ' '));
  response.end(JSON.stringify(body ?? {}));
}

/** Waits, but not longer than the caller does. */
function waitOrGone(response: ServerResponse, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    response.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
