// Every dependency has a licence that goes with MIT; a new one is a decision, made by adding it here.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const allowed = new Set([
  ...['MIT', 'MIT-0', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'BlueOak-1.0.0', 'Unlicense', 'CC0-1.0', 'Python-2.0'],
  ...['PostgreSQL', 'CC-BY-4.0', 'CC-BY-3.0', 'MPL-2.0'],
]);
const lock = JSON.parse(readFileSync(fileURLToPath(new URL('../package-lock.json', import.meta.url)), 'utf8'));

/** `(MIT OR GPL-2.0)` goes when one of them does, `A AND B` when both do. */
function goes(expression) {
  const plain = expression.replace(/[()]/g, '').trim();
  if (/ OR /.test(plain)) return plain.split(' OR ').some(goes);
  return plain.split(' AND ').every((one) => allowed.has(one.trim()));
}

function licenceOf(path, entry) {
  if (typeof entry.license === 'string') return entry.license;
  try {
    const { license, licenses } = JSON.parse(readFileSync(fileURLToPath(new URL(`../${path}/package.json`, import.meta.url)), 'utf8'));
    return typeof license === 'string' ? license : (license?.type ?? licenses?.map(({ type }) => type).join(' OR ') ?? 'none');
  } catch (error) {
    // A package of another platform is not installed here.
    if (error.code === 'ENOENT' && entry.optional) return 'MIT';
    throw error;
  }
}

const problems = Object.entries(lock.packages)
  .filter(([path, entry]) => path.startsWith('node_modules/') && !entry.link)
  .map(([path, entry]) => ({ path, licence: licenceOf(path, entry) }))
  .filter(({ licence }) => !goes(licence));
for (const { path, licence } of problems)
  console.error(`${path.replace(/^.*node_modules\//, '')}: licence ${licence} is not on the list of tools/check-licences.mjs`);
process.exitCode = problems.length === 0 ? 0 : 1;
