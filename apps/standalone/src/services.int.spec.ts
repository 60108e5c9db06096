import { schemaDrift } from '@kontaktor/persistence';
import { createTestDatabase, type TestDatabase } from '@kontaktor/testing';
import { services } from './services';

describe('the tables of every service', () => {
  let server: TestDatabase;

  beforeAll(async () => {
    server = await createTestDatabase();
  });
  afterAll(() => server.drop());

  it.each(services)(
    'of $name are what its entities say, once an empty database is migrated',
    async ({ name, migrations, entities = [] }) => {
      const schema = name.replaceAll('-', '_');
      expect(await schemaDrift({ url: server.url, schema, entities, migrations })).toEqual([]);
    },
  );
});
