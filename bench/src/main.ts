import { cpus, loadavg } from 'node:os';
import { readArguments, type Settings } from './arguments';
import { tableOf } from './measure/report';
import { lineOf, middleOf, type Measured } from './measure/result';
import { measureFirstRun } from './scenarios/first-run';
import { measureLatency } from './scenarios/latency';
import { measureMemory } from './scenarios/memory';
import { measureNoChangeRuns } from './scenarios/no-change-run';
import { measureRegistry } from './scenarios/registry';
import { measureRelay } from './scenarios/relay';

/** Measures as often as wished, one after the other. */
async function measure(settings: Settings): Promise<Measured[]> {
  const once = {
    ...{ registry: measureRegistry, relay: measureRelay, 'first-run': measureFirstRun },
    ...{ latency: measureLatency, memory: measureMemory },
  };
  if (settings.scenario === 'no-change-run') return measureNoChangeRuns(settings);
  const all: Measured[] = [];
  for (let left = settings.runs; left > 0; left -= 1) all.push(await once[settings.scenario](settings));
  return all;
}

async function main(): Promise<number> {
  const settings = readArguments(process.argv.slice(2));
  const load = loadavg()[0] ?? 0;
  const all = await measure(settings);
  const problems = all.flatMap((one) => one.problems);
  const middle = middleOf(all);
  const line = lineOf(settings, middle);
  if (settings.json) console.log(JSON.stringify(line));
  else {
    console.log(tableOf(settings.scenario, line, { ...middle, problems }));
    console.log(`\n${all.map(({ seconds }) => seconds.toFixed(2)).join(', ')} s; ${cpus().length} cores, load before ${load.toFixed(2)}`);
  }
  if (settings.json && problems.length > 0) console.error(problems.join('\n'));
  return problems.length === 0 ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
