import type { FromChild, Question } from './child';

export interface Served {
  /** Told to the parent once. */
  readonly ready: unknown;
  readonly answers: Readonly<Record<string, (about: unknown) => unknown>>;
  stop(): Promise<void>;
}

const tell = (message: FromChild): void => void process.send?.(message);

/** Runs a child of the bench: starts with the parent's options, answers its questions, ends when it hangs up. */
export function serveParent(start: (options: unknown) => Promise<Served>): void {
  start(JSON.parse(process.argv[2] ?? '{}')).then(
    ({ ready, answers, stop }) => {
      process.on('message', ({ id, name, about }: Question) => {
        Promise.resolve(answers[name]?.(about)).then((answer) => tell({ id, answer }), fail);
      });
      process.once('disconnect', () => void stop().finally(() => process.exit(0)));
      tell({ ready });
    },
    (error: unknown) => {
      tell({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) });
      setImmediate(() => process.exit(1));
    },
  );
  // The terminal's Ctrl-C reaches all; the parent ends its children.
  process.on('SIGINT', () => undefined);
}

function fail(error: unknown): void {
  console.error(error);
  process.exit(1);
}
