import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import { fileURLToPath } from 'node:url';
import tseslint from 'typescript-eslint';

const constraint = (sourceTag, ...targets) => ({ sourceTag, onlyDependOnLibsWithTags: targets });
const base = ['type:domain', 'type:mapping', 'type:contract', 'type:platform', 'type:testing', 'type:privacy'];

const boundaries = [
  constraint('type:domain', 'type:none'),
  constraint('type:contract', 'type:none'),
  constraint('type:mapping', 'type:domain'),
  constraint('type:client', 'type:contract'),
  constraint('type:platform', 'type:contract', 'type:platform', 'type:testing'),
  constraint('type:testing', 'type:platform'),
  constraint('type:privacy', 'type:platform', 'type:contract', 'type:domain'),
  constraint('type:kit', 'type:domain', 'type:mapping'),
  constraint('type:host', 'type:kit', ...base, 'type:adapter', 'type:simulator'),
  constraint('type:adapter', 'type:kit', 'type:mapping', 'type:domain', 'type:simulator', 'type:testing'),
  constraint('type:simulator', 'type:simulator-kit'),
  constraint('type:simulator-kit', 'type:none'),
  // Services that call addresses of users' own check them as the kit does.
  constraint('type:service', ...base, 'type:kit'),
  constraint('type:adapter-service', 'type:host', 'type:adapter', 'type:platform'),
  constraint('type:sandbox', 'type:simulator', 'type:simulator-kit'),
  constraint('type:cli', 'type:contract', 'type:client', 'type:platform', 'type:composition'),
  constraint('type:composition', '*'),
  // An adapter is imported by its own service and by what composes the product.
  constraint('scope:oneclick', 'scope:oneclick', 'scope:shared'),
  constraint('scope:ecomail', 'scope:ecomail', 'scope:shared'),
];

const boundaryRule = (allow) => ['error', { enforceBuildableLibDependency: false, allow, depConstraints: boundaries }];
/** What composes the product imports each service by what it exports; no other app imports an app. */
const composition = [
  'apps/standalone/**/*.ts',
  'apps/services/**/*.ts',
  'apps/e2e/**/*.ts',
  'apps/deployment/**/*.ts',
  'apps/backup/**/*.ts',
  'bench/**/*.ts',
];

const sizes = {
  'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
  'max-lines-per-function': ['error', { max: 60, skipComments: true }],
  complexity: ['error', 15],
};

export default tseslint.config(
  { ignores: ['jest.config.cjs', 'dist/**', '.kontaktor/**', '.tools/**', '.nx/**', 'node_modules/**'] },
  ...tseslint.configs.recommended,
  prettier,
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: fileURLToPath(new URL('.', import.meta.url)) } },
    plugins: { '@nx': nx },
    rules: {
      ...sizes,
      '@nx/enforce-module-boundaries': boundaryRule([]),
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-console': 'error',
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^@kontaktor/[^/]+/.+', message: 'Import from the lib itself: its index is its only door.' }] },
      ],
    },
  },
  {
    files: composition,
    rules: {
      '@nx/enforce-module-boundaries': boundaryRule([
        '@kontaktor/service-*',
        '@kontaktor/services',
        '@kontaktor/standalone',
        '@kontaktor/topics',
        '@kontaktor/command-line',
      ]),
    },
  },
  {
    files: ['libs/adapters/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'NewExpression[callee.name="Error"]',
          message: "Throw one of the kit's error classes: the platform decides by its kind.",
        },
      ],
    },
  },
  { files: ['**/*.spec.ts', 'apps/e2e/**/*.ts', '**/test/**/*.ts'], rules: { 'max-lines-per-function': 'off' } },
  {
    files: ['apps/**/main.ts', 'apps/kontaktor/**', 'apps/standalone/**', 'apps/services/**', 'apps/sandbox/**', 'bench/**'],
    rules: { 'no-console': 'off' },
  },
);
