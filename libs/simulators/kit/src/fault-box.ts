import type { ServerResponse } from 'node:http';
import type { Reply } from './route';

export type FaultKind = '401' | '403' | '429' | '500' | 'html' | 'cut-body' | 'wrong-type' | 'lost-answer' | 'slow';

/** Happens `times` times at requests of `route` (a route's name; absent: any). */
export interface Fault {
  readonly kind: FaultKind;
  readonly route?: string;
  readonly times: number;
  /** Seconds in `Retry-After` of a 429; absent: none is sent. */
  readonly retryAfter?: number;
  /** Milliseconds of `slow`. */
  readonly delayMs?: number;
}

type Send = (response: ServerResponse, reply: Reply) => void;

/** Faults waiting to happen. */
export class FaultBox {
  private faults: { fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.faults.push({ fault, left: fault.times });
  }

  clear(): void {
    this.faults = [];
  }

  get waiting(): readonly Fault[] {
    return this.faults.map(({ fault, left }) => ({ ...fault, times: left }));
  }

  async around(route: string, response: ServerResponse, answer: () => Reply, send: Send): Promise<void> {
    const fault = this.take(route);
    if (fault?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.delayMs ?? 1000));
    if (fault === undefined || fault.kind === 'slow') return send(response, answer());
    strike(fault, response, answer, send);
  }

  private take(route: string): Fault | undefined {
    const found = this.faults.find((one) => one.fault.route === undefined || one.fault.route === route);
    if (found === undefined) return undefined;
    found.left -= 1;
    this.faults = this.faults.filter(({ left }) => left > 0);
    return found.fault;
  }
}

function strike(fault: Fault, response: ServerResponse, answer: () => Reply, send: Send): void {
  switch (fault.kind) {
    case '401':
    case '403':
    case '500':
      return send(response, { status: Number(fault.kind), body: { message: `fault ${fault.kind}` } });
    case '429': {
      const headers: Record<string, string> = fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) };
      return send(response, { status: 429, body: { message: 'Too Many Attempts.' }, headers });
    }
    case 'wrong-type':
      return send(response, { status: 200, body: 'maintenance' });
    case 'html':
      response.writeHead(200, { 'content-type': 'text/html' });
      return void response.end('<html><body>Maintenance</body></html>');
    case 'cut-body': {
      const text = JSON.stringify(answer().body ?? {});
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) + 10 });
      response.write(text.slice(0, Math.ceil(text.length / 2)));
      return void response.socket?.destroySoon();
    }
    case 'lost-answer':
      answer();
      return void response.destroy();
    case 'slow':
      return;
  }
}
