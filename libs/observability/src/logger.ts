import pino, { type DestinationStream, type Logger } from 'pino';
import { maskAddresses } from './mask-addresses';

export type { Logger };
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** JSON lines on stdout. Mail addresses are masked wherever they stand in a message or an error; secrets are never given to it. */
export function createLogger(service: string, level: LogLevel = 'info', destination?: DestinationStream): Logger {
  const options = {
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: maskedError },
    hooks: {
      logMethod(this: Logger, args: Parameters<pino.LogFn>, method: pino.LogFn) {
        method.apply(this, args.map((arg: unknown) => (typeof arg === 'string' ? maskAddresses(arg) : arg)) as Parameters<pino.LogFn>);
      },
    },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

function maskedError(error: unknown): object {
  if (!(error instanceof Error)) return { message: maskAddresses(String(error)) };
  return { type: error.name, message: maskAddresses(error.message), stack: maskAddresses(error.stack ?? '') };
}
