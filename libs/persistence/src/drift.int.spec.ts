import { createTestDatabase, type TestDatabase } from '@kontaktor/testing';
import { Check, Column, Entity, Index, PrimaryColumn, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { schemaDrift, type EntityClass } from './index';

const migrated = `
  CREATE TABLE orders (
    shop text COLLATE "C" NOT NULL,
    order_no bigint NOT NULL DEFAULT 0,
    state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'paid')),
    lines text[] NOT NULL DEFAULT '{}',
    buyer text,
    made_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shop, order_no),
    UNIQUE (buyer, made_at)
  );
  CREATE INDEX orders_open ON orders (shop, made_at DESC) WHERE state = 'open';
  CREATE TABLE notes (note_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, text text NOT NULL);
  CREATE TABLE visits (at timestamptz NOT NULL, page text);`;

@Entity('notes')
class Note {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) noteId: number;
  @Column('text') text: string;
}

@Entity('visits', { synchronize: false })
class Visit {
  @PrimaryColumn('timestamptz') at: Date;
  @Column('text', { nullable: true }) page: string | null;
}

interface Said {
  readonly check?: string;
  readonly where?: string;
  readonly buyer?: boolean;
  readonly collation?: string;
}

function orderEntity({
  check = "state IN ('open', 'paid')",
  where = "state = 'open'",
  buyer = true,
  collation = 'C',
}: Said = {}): EntityClass {
  @Entity('orders')
  @Unique(['buyer', 'madeAt'])
  @Check('orders_state_check', check)
  @Index('orders_open', ['shop', 'madeAt'], { where })
  class Order {
    @PrimaryColumn('text', { collation }) shop: string;
    @PrimaryColumn('bigint', { default: 0 }) orderNo: number;
    @Column('text', { default: 'open' }) state: string;
    @Column('text', { array: true, default: [] }) lines: string[];
    @Column('text', { nullable: buyer }) buyer: string | null;
    @Column('timestamptz', { default: () => 'now()' }) madeAt: Date;
  }
  return Order;
}

describe('drift of entities and migrations', () => {
  let server: TestDatabase;
  let tries = 0;
  const driftOf = (...entities: EntityClass[]) =>
    schemaDrift({ url: server.url, schema: `shop_${(tries += 1)}`, entities, migrations: [{ id: 'shop-1', sql: migrated }] });

  beforeAll(async () => {
    server = await createTestDatabase();
  });
  afterAll(() => server.drop());

  it('there is none where both say the same, with arrays, identity, collation, keys, checks, partial indexes and a table without a key', async () => {
    expect(await driftOf(orderEntity(), Note, Visit)).toEqual([]);
  });

  it.each<[string, Said, RegExp]>([
    ['a column that may be empty on one side', { buyer: false }, /TypeORM would run: ALTER TABLE .* ALTER COLUMN "buyer" SET NOT NULL/],
    ['another condition of an index', { where: "state = 'paid'" }, /only the entities have: CREATE INDEX orders_open .*paid/],
    [
      'another expression of a check',
      { check: "state IN ('open')" },
      /only the migrations have: constraint orders orders_state_check .*paid/,
    ],
    ['another collation', { collation: 'POSIX' }, /only the migrations have: column orders.shop text NOT NULL COLLATE C/],
  ])('finds %s', async (_what, said, line) => {
    expect((await driftOf(orderEntity(said), Note, Visit)).join('\n')).toMatch(line);
  });

  it('finds a table without an entity, and an entity without a table', async () => {
    expect((await driftOf(orderEntity(), Visit)).join('\n')).toContain('only the migrations have: column notes.text');
    @Entity('lost')
    class Lost {
      @PrimaryColumn('text') name: string;
    }
    expect((await driftOf(orderEntity(), Note, Visit, Lost)).join('\n')).toMatch(/TypeORM would run: CREATE TABLE "lost"/);
  });
});
