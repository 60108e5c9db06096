import { readFile } from 'node:fs/promises';
import { Failure, systemCode } from '../failure';

const tokenFile = '.kontaktor/admin-token';

/** The token of the environment, or the one that `npm start` keeps. */
export async function accessToken(env: NodeJS.ProcessEnv): Promise<string> {
  const given = env['KONTAKTOR_TOKEN'];
  if (given !== undefined && given !== '') return given;
  try {
    return (await readFile(tokenFile, 'utf8')).trim();
  } catch (error) {
    if (systemCode(error) === 'ENOENT')
      throw new Failure(`No token: set KONTAKTOR_TOKEN, or call this where \`npm start\` ran (it keeps one in ${tokenFile}).`);
    throw error;
  }
}
