import { resolve } from 'node:path';
import { readDocument } from '@kontaktor/command-line';
import type { Sandbox } from '@kontaktor/service-sandbox';
import { Api, ApiRefusal } from './api';

const exampleFile = resolve(__dirname, '../../../../examples/1click-ecomail.yaml');

/** The user's own configuration, with the variables of the environment. */
export const applyOwn = (api: Api, file: string): Promise<void> => apply(api, file, process.env);

/** The example link, pointed at the sandbox's two accounts. */
export function applyExample(api: Api, { oneclick, ecomail }: Sandbox): Promise<void> {
  const accounts = {
    ...{ ONECLICK_URL: oneclick.baseUrl, ONECLICK_TOKEN: oneclick.account().token },
    ...{ ECOMAIL_URL: ecomail.baseUrl, ECOMAIL_KEY: ecomail.account().key },
  };
  return apply(api, exampleFile, accounts);
}

/** @throws Error whose message names every problem with its place in the file */
async function apply(api: Api, file: string, env: NodeJS.ProcessEnv): Promise<void> {
  const { value, located } = await readDocument(file, env);
  try {
    await api.applyPatiently(value);
  } catch (error) {
    if (!(error instanceof ApiRefusal) || error.problems.length === 0) throw error;
    const lines = located(error.problems).map(({ place, problem }) => `\n  - ${place}: ${problem}`);
    throw new Error(`${error.summary}${lines.join('')}`);
  }
}
