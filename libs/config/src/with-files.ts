import { readFileSync } from 'node:fs';

/** Secrets and certificates are far smaller; a device or a wrong path is not read to its end. */
const mostBytes = 1024 * 1024;

interface WithFiles {
  readonly values: NodeJS.ProcessEnv;
  /** By name of the variable that the file should have given. */
  readonly problems: ReadonlyMap<string, string>;
}

/** The environment with each `NAME_FILE` of `names` replaced by what the file holds, without blanks at its ends. */
export function withFiles(names: readonly string[], env: NodeJS.ProcessEnv): WithFiles {
  const values = { ...env };
  const problems = new Map<string, string>();
  for (const name of names) {
    const file = env[`${name}_FILE`];
    if (file === undefined) continue;
    if (env[name] !== undefined) problems.set(name, `must not be set beside ${name}: which of the two counts?`);
    else Object.assign(values, valueIn(file, name, problems));
  }
  return { values, problems };
}

function valueIn(file: string, name: string, problems: Map<string, string>): NodeJS.ProcessEnv {
  try {
    const text = readFileSync(file, 'utf8').trim();
    if (text !== '' && text.length <= mostBytes) return { [name]: text };
    problems.set(name, text === '' ? `names an empty file, ${file}` : `names a file of more than ${mostBytes} bytes, ${file}`);
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error);
    problems.set(name, `must name a file that this process may read (${code}: ${file})`);
  }
  return {};
}
