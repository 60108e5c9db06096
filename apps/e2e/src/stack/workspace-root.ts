import { resolve } from 'node:path';

export const workspaceRoot = resolve(__dirname, '../../../..');
/** The set-up of the tests has built them. */
export const builtApps = resolve(workspaceRoot, 'dist/apps');
