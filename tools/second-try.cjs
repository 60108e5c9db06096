// Servers, brokers and a browser on two busy cores: in CI a test of these projects gets a second try, and is named as flaky when it needed it.
// Random proofs (histories, crashes) get none: what they find once is true. They say so with `jest.retryTimes(0)`.
if (process.env.CI === 'true') jest.retryTimes(1, { logErrorsBeforeRetry: true });
