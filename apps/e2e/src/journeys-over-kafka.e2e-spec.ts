import { createTestDatabase, describeKafka, type TestDatabase } from '@kontaktor/testing';
import { journeys } from './journeys/journeys';
import { startServicesStack, type ServicesStack } from './stack/start-services-stack';

describeKafka('journeys over Kafka, every service a process of its own', (brokers) => {
  let database: TestDatabase;
  let stack: ServicesStack;
  const ended: string[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    stack = await startServicesStack(database.url, brokers, (service, how) =>
      ended.push(`${service.name} ended with ${how}:\n${service.logTail()}`),
    );
  }, 120_000);

  afterAll(async () => {
    await stack?.stop();
    await database?.drop();
  }, 60_000);

  journeys(() => stack);

  it('[F16] no service ended by itself', () => {
    expect(ended).toEqual([]);
  });
});
