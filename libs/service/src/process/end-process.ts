import type { Logger } from '@kontaktor/observability';

/** Kubernetes kills after 30 s; a stop that hangs ends before, with a line that says so. */
const mostStoppingMs = 25_000;

/** SIGTERM, SIGINT and the end of a parent that keeps a channel to it stop the service, then end the process; a second signal kills it. */
export function endOnSignal(logger: Logger, stop: () => Promise<void>): void {
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    setTimeout(() => endWith(logger, new Error(`the stop did not end within ${mostStoppingMs / 1000} s`)), mostStoppingMs).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => endWith(logger, error),
    );
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  process.once('disconnect', end);
}

/** An error that nobody awaited leaves an unknown state: it is logged, masked like all others, and the process ends. */
export function endOnUnexpectedError(logger: Logger): void {
  const end = (error: unknown): void => {
    logger.fatal({ err: error }, 'unexpected error');
    process.exit(1);
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
}

function endWith(logger: Logger, error: unknown): void {
  logger.fatal({ err: error }, 'did not end cleanly');
  process.exit(1);
}
