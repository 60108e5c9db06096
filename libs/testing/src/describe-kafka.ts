/**
 * A `describe` for tests that need Kafka, in files named `*.kafka.int.spec.ts`. Where there is no Kafka it is skipped, and fails under
 * CI=true; the test run says loudly why.
 */
export function describeKafka(title: string, body: (brokers: readonly string[]) => void): void {
  const brokers = process.env['TEST_KAFKA_BROKERS'];
  if (brokers !== undefined) {
    describe(title, () => body(brokers.split(',')));
    return;
  }
  const reason = process.env['TEST_KAFKA_MISSING'] ?? 'TEST_KAFKA_BROKERS is not set: name the file *.kafka.int.spec.ts.';
  if (process.env['CI'] === 'true')
    it(`${title}: there is no Kafka`, () => {
      throw new Error(reason);
    });
  else describe.skip(title, () => it(reason, () => undefined));
}
