import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Others may enter a folder: the bit for searching it. */
const othersMayEnter = 0o001;

/**
 * Postgres never runs as root: started by root it runs as the user `postgres`, who must be able to reach its programs and its data.
 * @throws with the folder that is closed, and what to do
 */
export async function refuseClosedFolder(path: string): Promise<void> {
  if (process.getuid?.() !== 0) return;
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const mode = (await stat(folder)).mode;
    if ((mode & othersMayEnter) === 0)
      throw new Error(
        `Postgres does not run as root, and the user "postgres", as whom it runs then, may not enter ${folder}. Start Kontaktor as another user, ` +
          `or move it to a folder that others may enter (or name a Postgres of your own in DATABASE_URL).`,
      );
    if (folder === dirname(folder)) return;
  }
}
