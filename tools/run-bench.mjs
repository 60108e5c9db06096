// `node tools/run-bench.mjs <scenario> [options]`: installs and builds what is missing, then measures in the foreground.
import { spawn, spawnSync } from 'node:child_process';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './ensure-installed.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

ensureInstalled();
const build = spawnSync(process.execPath, [resolve(root, 'tools/build.mjs')], { cwd: root, stdio: ['ignore', 'ignore', 2] });
if (build.status !== 0) {
  console.error('The build failed; see above.');
  process.exit(1);
}
const main = resolve(root, 'dist/bench/src/main.js');
const child = spawn(process.execPath, ['--enable-source-maps', main, ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' });
// A terminal sends Ctrl-C to both; this process only waits for the other's clean end.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.once('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 128)));
