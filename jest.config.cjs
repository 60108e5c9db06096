const { compilerOptions } = require('./tsconfig.base.json');

const moduleNameMapper = Object.fromEntries(
  Object.entries(compilerOptions.paths).map(([alias, [target]]) => [`^${alias}$`, `<rootDir>/${target}`]),
);

const shared = {
  rootDir: __dirname,
  testEnvironment: 'node',
  moduleNameMapper,
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.kontaktor', '<rootDir>/.tools'],
  // Its lazy `import('http')` is none that a jest without ESM could follow: there it becomes a `require`.
  transformIgnorePatterns: ['/node_modules/(?!@opentelemetry/otlp-exporter-base/)'],
  transform: {
    '@opentelemetry/otlp-exporter-base/.+\\.js$': ['@swc/jest', { swcrc: false, module: { type: 'commonjs' } }],
    '^.+\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        sourceMaps: 'inline',
        module: { type: 'commonjs' },
        jsc: {
          target: 'es2022',
          keepClassNames: true,
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
      },
    ],
  },
};

const withServers = (setup) => ({
  globalSetup: `<rootDir>/tools/test-servers/${setup}`,
  globalTeardown: '<rootDir>/tools/test-servers/teardown.mjs',
  setupFilesAfterEnv: ['<rootDir>/tools/second-try.cjs'],
});

/** unit needs nothing; int needs Postgres; kafka needs Kafka too; e2e runs the built services over both. */
module.exports = {
  projects: [
    { ...shared, displayName: 'unit', testMatch: ['**/*.spec.ts'], testPathIgnorePatterns: ['\\.int\\.spec\\.ts$'] },
    {
      ...shared,
      displayName: 'int',
      testMatch: ['**/*.int.spec.ts'],
      testPathIgnorePatterns: ['\\.kafka\\.int\\.spec\\.ts$'],
      ...withServers('setup.mjs'),
    },
    { ...shared, displayName: 'kafka', testMatch: ['**/*.kafka.int.spec.ts'], ...withServers('setup-with-kafka.mjs') },
    { ...shared, displayName: 'e2e', testMatch: ['**/*.e2e-spec.ts'], ...withServers('setup-e2e.mjs') },
  ],
  testTimeout: 90_000,
};
