import type { LoggerService } from '@nestjs/common';
import type { Logger } from './logger';

/** Nest's own messages through our logger; its start-up chatter is of level debug. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown): void {
    this.logger.debug(textOf(message));
  }
  /** Nest gives an unexpected error of a controller as the message itself. */
  error(message: unknown, stack?: unknown): void {
    if (message instanceof Error) this.logger.error({ err: message }, message.message);
    else this.logger.error({ stack: typeof stack === 'string' ? stack : undefined }, textOf(message));
  }
  warn(message: unknown): void {
    this.logger.warn(textOf(message));
  }
  debug(message: unknown): void {
    this.logger.debug(textOf(message));
  }
  verbose(message: unknown): void {
    this.logger.trace(textOf(message));
  }
}

const textOf = (message: unknown): string => (typeof message === 'object' ? JSON.stringify(message) : String(message));
