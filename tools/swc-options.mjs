import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const workspaceRoot = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** The one set of compiler options that build and tests share: what is tested is what runs. */
export function swcOptions() {
  const { paths } = JSON.parse(readFileSync(resolve(workspaceRoot, 'tsconfig.base.json'), 'utf8')).compilerOptions;
  return {
    cwd: workspaceRoot,
    swcrc: false,
    sourceMaps: true,
    // Backups know the tables of every service: the command line loads them for its commands on archives alone.
    module: { type: 'commonjs', ignoreDynamic: true, lazy: ['@kontaktor/backup', './sdk-tracing'] },
    jsc: {
      target: 'es2022',
      baseUrl: workspaceRoot,
      paths,
      keepClassNames: true,
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true },
    },
  };
}
