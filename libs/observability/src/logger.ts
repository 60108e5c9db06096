import pino, { type DestinationStream, type Logger } from 'pino';
import { errorForLog } from './error-for-log';
import { maskAddressesInJson } from './mask-addresses';

export type { Logger };
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** JSON lines on stdout. Mail addresses are masked wherever they stand in the line; secrets are never given to it. */
export function createLogger(service: string, level: LogLevel = 'info', destination?: DestinationStream): Logger {
  const options = {
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: (error: unknown) => errorForLog(error) },
    hooks: { streamWrite: maskAddressesInJson },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
