// `node tools/api-documents.mjs`: writes docs/api/ and the examples of topics from what is built. With `--check` it writes nothing and fails when a
// file is not up to date. A topic that would break a reader is refused, unless `--accept-breaks` says that nobody reads it yet.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { workspaceRoot } from './swc-options.mjs';

const isCheck = process.argv.includes('--check');
const acceptBreaks = process.argv.includes('--accept-breaks');
const { allTopics, asyncApiDocument, breakingChanges } = createRequire(import.meta.url)(
  resolve(workspaceRoot, 'dist/libs/contracts/src/index.js'),
);

/** What a main of a service says to describe itself. */
function described(main) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [resolve(workspaceRoot, 'dist', main)], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) throw new Error(`${main} failed; was everything built (npm run build)?\n${stderr}`);
  return stdout;
}

const textOf = (value) => `${JSON.stringify(value, null, 2)}\n`;
const kept = (file) => {
  const path = resolve(workspaceRoot, file);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
};

function keep(file, text) {
  if (kept(file) === text) return;
  if (isCheck) {
    console.error(`${file} is not what the code says; run: npm run docs:api`);
    process.exitCode = 1;
    return;
  }
  mkdirSync(dirname(resolve(workspaceRoot, file)), { recursive: true });
  writeFileSync(resolve(workspaceRoot, file), text);
  console.log(`${file} written`);
}

function keepTopics() {
  const file = 'docs/api/asyncapi.json';
  const document = asyncApiDocument();
  const before = kept(file);
  const breaks = before === undefined ? [] : breakingChanges(JSON.parse(before), document);
  for (const one of breaks) console.error(one);
  if (breaks.length > 0 && (isCheck || !acceptBreaks)) {
    console.error('This breaks who reads these topics: make it optional, or a new topic beside the old one. Does nobody read it yet?');
    console.error('Then: npm run docs:api -- --accept-breaks');
    process.exitCode = 1;
    return;
  }
  keep(file, textOf(document));
  for (const { name, examples } of allTopics) keepExamples(name, examples);
}

/** Adds the present example to those ever committed. */
function keepExamples(topic, present) {
  const file = `libs/contracts/examples/${topic}.json`;
  const known = JSON.parse(kept(file) ?? '[]');
  keep(file, textOf([...known, ...present.filter((example) => !known.some((one) => isDeepStrictEqual(one, example)))]));
}

keep('docs/api/openapi.json', described('apps/control/src/api-document/main.js'));
keepTopics();
