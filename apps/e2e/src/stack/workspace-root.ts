import { resolve } from 'node:path';

export const workspaceRoot = resolve(__dirname, '../../../..');
/** The set-up of the tests has built them. */
export const builtApps = resolve(workspaceRoot, 'dist/apps');

/** The built lib of that name, to be imported. */
export const builtLibs = (name: string): string => resolve(workspaceRoot, 'dist/libs', name, 'src/index.js');
