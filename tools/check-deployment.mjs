// `check` looks at everything that deploys the product; `generate` makes anew what of it is made from code. Exit 3: something could not be looked at.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const build = spawnSync(process.execPath, ['tools/build.mjs'], { cwd: root, stdio: ['ignore', 'ignore', 2] });
const run =
  build.status === 0
    ? spawnSync(process.execPath, ['dist/apps/deployment/src/main.js', ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' })
    : build;
process.exitCode = run.status ?? 1;
