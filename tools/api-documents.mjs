// `node tools/api-documents.mjs`: writes docs/api/ from what is built. With `--check` it writes nothing and fails when a file is not up to date.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { workspaceRoot } from './swc-options.mjs';

const isCheck = process.argv.includes('--check');
const folder = resolve(workspaceRoot, 'docs/api');

/** What a main of a service says to describe itself. */
function described(main) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [resolve(workspaceRoot, 'dist', main)], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) throw new Error(`${main} failed; was everything built (npm run build)?\n${stderr}`);
  return stdout;
}

function keep(file, text) {
  const path = resolve(folder, file);
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return;
  if (isCheck) {
    console.error(`docs/api/${file} is not what the code says; run: npm run docs:api`);
    process.exitCode = 1;
    return;
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, text);
  console.log(`docs/api/${file} written`);
}

keep('openapi.json', described('apps/control/src/api-document/main.js'));
