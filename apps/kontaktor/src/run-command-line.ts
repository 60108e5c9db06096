import { ApiAway, ApiFailure } from '@kontaktor/api-client';
import { CommanderError } from 'commander';
import { Failure } from './failure';
import type { Streams } from './output/output';
import { programOf } from './program';

/** Runs one command. Answers the exit code: 0 done, 1 refused or failed, 2 used wrongly (or what `--detailed-exitcode` says). */
export async function runCommandLine(args: readonly string[], streams: Streams, env: NodeJS.ProcessEnv): Promise<number> {
  let done: boolean | number = true;
  try {
    await programOf(streams, env, (ended) => (done = ended)).parseAsync([...args], { from: 'user' });
    return typeof done === 'number' ? done : done ? 0 : 1;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    tell(error, streams, args.includes('--json'));
    return 1;
  }
}

/** Plain words; the place of each problem first. */
function tell(error: unknown, { out, err }: Streams, json: boolean): void {
  const said = error instanceof Error ? error.message : String(error);
  const message = error instanceof ApiAway ? `${said} Start it with \`npm start\`, or give its address: --url or KONTAKTOR_URL.` : said;
  const problems = error instanceof Failure || error instanceof ApiFailure ? error.problems : [];
  if (json) out.write(`${JSON.stringify({ error: { message, problems } }, null, 2)}\n`);
  else err.write([message, ...problems.map(({ place, problem }) => `  ${place === '' ? problem : `${place}: ${problem}`}`), ''].join('\n'));
}
