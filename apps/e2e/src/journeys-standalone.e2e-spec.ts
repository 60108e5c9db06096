import { createTestDatabase, type TestDatabase } from '@kontaktor/testing';
import { journeys } from './journeys/journeys';
import { startStandaloneStack } from './stack/start-standalone-stack';
import type { Stack } from './stack/stack';

describe('journeys in the standalone', () => {
  let database: TestDatabase;
  let stack: Stack;

  beforeAll(async () => {
    database = await createTestDatabase();
    stack = await startStandaloneStack(database.url);
  }, 120_000);

  afterAll(async () => {
    await stack?.stop();
    await database?.drop();
  }, 60_000);

  journeys(() => stack);
});
