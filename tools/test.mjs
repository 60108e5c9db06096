// `npm test`: checks first, then every jest project. The last line sums up what really ran.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { ensureInstalled } from './ensure-installed.mjs';

ensureInstalled();

const checks = [
  'build',
  'lint:types',
  'lint:code',
  'lint:format',
  'lint:unused',
  'lint:licences',
  'lint:deployment',
  'lint:api',
  'lint:audit',
];
/** What a check answers when it could not look. */
const notChecked = 3;
const results = 'dist/test-results.json';
const statusOf = (command, args) => spawnSync(command, args, { stdio: ['ignore', 2, 2] }).status;

let [passed, failed, skipped] = [0, 0, 0];
for (const check of checks) {
  const startedAt = performance.now();
  const status = statusOf('npm', ['run', '--silent', check]);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.error(`${status === 0 ? 'ok' : status === notChecked ? 'SKIPPED' : 'FAILED'}: npm run ${check} (${seconds} s)`);
  if (status === 0) passed += 1;
  else if (status === notChecked) skipped += 1;
  else failed += 1;
}

rmSync(results, { force: true });
const args = ['--max-old-space-size=4096', 'node_modules/jest/bin/jest.js', '--json', `--outputFile=${results}`, ...process.argv.slice(2)];
const green = statusOf(process.execPath, args) === 0;
const report = JSON.parse(readFileSync(results, 'utf8'));
passed += report.numPassedTests;
failed += report.numFailedTests + report.numRuntimeErrorTestSuites;
skipped += report.numPendingTests + report.numTodoTests;
if (!green && failed === 0) failed = 1;
const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults);
for (const { fullName } of tests.filter(({ status, invocations }) => status === 'passed' && invocations > 1))
  console.log(`FLAKY, passed at its second try: ${fullName}`);
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed === 0 ? 0 : 1;
