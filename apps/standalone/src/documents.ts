import { resolve } from 'node:path';
import { ApiRefusal, type ApiClient } from '@kontaktor/api-client';
import { readDocument } from '@kontaktor/command-line';
import type { Sandbox } from '@kontaktor/service-sandbox';
import { adapterNames } from './services';

/** A run or an undo that goes on from before may have used up a provider's calls for minutes: a start waits, the services work meanwhile. */
const patienceMs = 5 * 60_000;

const exampleFile = resolve(__dirname, '../../../../examples/1click-ecomail.yaml');

/** The user's own configuration, with the variables of the environment. */
export const applyOwn = (api: ApiClient, file: string): Promise<void> => apply(api, file, process.env);

/** The example link, pointed at the sandbox's two accounts. */
export function applyExample(api: ApiClient, { oneclick, ecomail }: Sandbox): Promise<void> {
  const accounts = {
    ...{ ONECLICK_URL: oneclick.baseUrl, ONECLICK_TOKEN: oneclick.account().token },
    ...{ ECOMAIL_URL: ecomail.baseUrl, ECOMAIL_KEY: ecomail.account().key },
  };
  return apply(api, exampleFile, accounts);
}

/** @throws Error whose message names every problem with its place in the file */
async function apply(api: ApiClient, file: string, env: NodeJS.ProcessEnv): Promise<void> {
  const { value, located } = await readDocument(file, env);
  try {
    await api.applyWhenReady(value, adapterNames, patienceMs);
  } catch (error) {
    if (!(error instanceof ApiRefusal) || error.problems.length === 0) throw error;
    const lines = located(error.problems).map(({ place, problem }) => `\n  - ${place}: ${problem}`);
    throw new Error(`${error.message}${lines.join('')}`);
  }
}
