import type { Logger } from '@kontaktor/observability';

/** Says once that web hooks cannot be stored, and once that they can again: not a line for each of a thousand a second. */
export class Outage {
  private isOut = false;

  constructor(private readonly logger: Logger) {}

  began(error: unknown): void {
    if (!this.isOut) this.logger.error({ err: error }, 'web hooks cannot be stored; providers are told to send them again');
    this.isOut = true;
  }

  ended(): void {
    if (this.isOut) this.logger.info('web hooks are stored again');
    this.isOut = false;
  }
}
