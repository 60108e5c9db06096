import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';

/** A request as a simulator's server saw it, in milliseconds of the wall clock. */
export interface RequestTime {
  readonly port: number;
  readonly method: string;
  readonly path: string;
  readonly startedAt: number;
  /** When the last byte of the answer was handed over; 0: not yet. */
  readonly endedAt: number;
}

export const now = (): number => performance.timeOrigin + performance.now();
const mostKept = 100_000;

interface Exchange {
  readonly request: IncomingMessage;
}

/** Notes when each request to this process's servers came and was answered. */
export function recordTimes(): { take(): RequestTime[] } {
  let times: RequestTime[] = [];
  const open = new Map<IncomingMessage, { -readonly [Key in keyof RequestTime]: RequestTime[Key] }>();
  subscribe('http.server.request.start', (message) => {
    const { request } = message as Exchange;
    const time = {
      port: request.socket.localPort ?? 0,
      method: request.method ?? '',
      path: request.url ?? '',
      startedAt: now(),
      endedAt: 0,
    };
    open.set(request, time);
    if (times.length < mostKept) times.push(time);
  });
  subscribe('http.server.response.finish', (message) => {
    const { request } = message as Exchange;
    const time = open.get(request);
    if (time !== undefined) time.endedAt = now();
    open.delete(request);
  });
  return {
    take: () => {
      const taken = times;
      times = [];
      return taken;
    },
  };
}
