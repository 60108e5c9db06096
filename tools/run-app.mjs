// `node tools/run-app.mjs <app> [arguments]`: installs and builds what is missing, then runs an app's main in the foreground.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './ensure-installed.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const [app, ...args] = process.argv.slice(2);
const main = resolve(root, 'dist', 'apps', app ?? '', 'src', 'main.js');

ensureInstalled();
const build = spawnSync(process.execPath, [resolve(root, 'tools', 'build.mjs')], { cwd: root, stdio: ['ignore', 'ignore', 2] });
if (build.status !== 0 || !existsSync(main)) {
  console.error(build.status === 0 ? `There is no app "${app}".` : 'The build failed; see above.');
  process.exit(1);
}
const child = spawn(process.execPath, ['--enable-source-maps', main, ...args], { stdio: 'inherit' });
// A terminal sends Ctrl-C to both; this process only waits for the other's clean end.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.once('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 128)));
