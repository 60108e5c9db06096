// keeper.mjs <pid> [folder]: holds the broker's life to its parent's. When the parent is gone, however it went, stdin ends: the broker is
// killed and the temporary folder removed.
import { rmSync } from 'node:fs';

const [pid, folder] = process.argv.slice(2);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);

process.stdin.resume();
process.stdin.once('close', () => {
  try {
    process.kill(Number(pid), 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
});
