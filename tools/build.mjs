// Compiles apps/, libs/ and bench/ (or the folders named) into dist/, one file to one file. Types are checked by `npm run lint`.
import { mkdir, readdir, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { transformFile } from '@swc/core';
import { swcOptions, workspaceRoot } from './swc-options.mjs';

const outDir = resolve(workspaceRoot, 'dist');
const options = swcOptions();
const optionFiles = ['tsconfig.base.json', 'tools/swc-options.mjs'].map((file) => resolve(workspaceRoot, file));

async function sourcesBelow(folder) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && /\.ts$/.test(entry.name) && !/\.(spec|e2e-spec|d)\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((file) => !file.includes(`${sep}test${sep}`));
}

const modifiedAt = async (file) => (await stat(file).catch(() => undefined))?.mtimeMs;
const newestOption = Math.max(...(await Promise.all(optionFiles.map(modifiedAt))));

async function compile(source) {
  const target = join(outDir, relative(workspaceRoot, source)).replace(/\.ts$/, '.js');
  const [sourceTime, targetTime] = await Promise.all([modifiedAt(source), modifiedAt(target)]);
  if (targetTime !== undefined && targetTime >= sourceTime && targetTime >= newestOption) return false;
  const { code, map } = await transformFile(source, { ...options, filename: source, sourceFileName: source });
  await mkdir(dirname(target), { recursive: true });
  await writeFile(`${target}.map`, map);
  await writeFile(target, `${code}\n//# sourceMappingURL=${target.split('/').at(-1)}.map\n`);
  const now = new Date();
  await utimes(target, now, now);
  return true;
}

const folders = process.argv.slice(2).length > 0 ? process.argv.slice(2) : ['apps', 'libs', 'bench'];
const sources = (await Promise.all(folders.map((folder) => sourcesBelow(resolve(workspaceRoot, folder))))).flat();
const compiled = (await Promise.all(sources.map(compile))).filter(Boolean).length;
console.log(`build: ${compiled} of ${sources.length} files compiled`);
