// Known vulnerabilities of what is shipped, of level high and above. Exit 3: the registry does not answer audits, so nothing was checked.
import { spawnSync } from 'node:child_process';

const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], { encoding: 'utf8' });
const report = JSON.parse(stdout || '{}');
const found = Object.values(report.vulnerabilities ?? {}).filter(({ severity }) => severity === 'high' || severity === 'critical');
for (const { name, severity, range } of found) console.error(`${name} ${range}: ${severity}; see npm audit`);
if (report.vulnerabilities === undefined) console.error('NOT CHECKED: the registry of this machine does not answer audits.');
process.exitCode = report.vulnerabilities === undefined ? 3 : found.length > 0 ? 1 : 0;
