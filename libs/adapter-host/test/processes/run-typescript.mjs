import { readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import swc from '@swc/core';

/** Runs a source as it stands in a process of its own: `node run-typescript.mjs file.ts`. */
const root = fileURLToPath(new URL('../../../../', import.meta.url));
const { compilerOptions } = JSON.parse(readFileSync(join(root, 'tsconfig.base.json'), 'utf8'));
const resolve = Module._resolveFilename;

Module._resolveFilename = (name, ...rest) => {
  const target = compilerOptions.paths[name]?.[0];
  return resolve(target === undefined ? name : join(root, target), ...rest);
};
Module._extensions['.ts'] = (module, filename) => {
  const { code } = swc.transformSync(readFileSync(filename, 'utf8'), {
    ...{ filename, swcrc: false, sourceMaps: 'inline', module: { type: 'commonjs' } },
    jsc: {
      ...{ target: 'es2022', keepClassNames: true, parser: { syntax: 'typescript', decorators: true } },
      transform: { legacyDecorator: true, decoratorMetadata: true },
    },
  });
  module._compile(code, filename);
};

createRequire(import.meta.url)(process.argv[2]);
