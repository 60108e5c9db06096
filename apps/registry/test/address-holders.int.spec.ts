import { RegistryWorld } from './registry-world';
import { Scenario } from './scenario';

/** The row of an address names who bears it, or bore it: nobody else, and nobody who was not made in the end. */
describe('holders of addresses', () => {
  let world: RegistryWorld;
  let s: Scenario;

  beforeAll(async () => {
    world = await RegistryWorld.start();
  });
  beforeEach(async () => {
    s = await Scenario.begin(world);
  });
  afterAll(() => world.stop());

  /** Addresses by who is named as holder, beside those by who bears or bore them. */
  const named = async (): Promise<unknown[]> => [
    await world.database.query(
      'SELECT address, id FROM addresses, unnest(contact_ids) AS id WHERE workspace_id = $1 ORDER BY address, id',
      [s.workspaceId],
    ),
    await world.database.query(
      'SELECT address, contact_id AS id FROM contacts, unnest(addresses || former) AS address WHERE workspace_id = $1 ORDER BY address, id',
      [s.workspaceId],
    ),
  ];

  const eachBearsIts = async (addresses: readonly string[]): Promise<void> => {
    const [holders, bearers] = await named();
    expect(holders).toEqual(bearers);
    const rows = await world.database.query<{ address: string }>('SELECT address FROM addresses WHERE workspace_id = $1 ORDER BY 1', [
      s.workspaceId,
    ]);
    expect(rows.map(({ address }) => address)).toEqual(addresses);
  };

  it('[F3] somebody new is named once, also with two addresses and beside others who share one', async () => {
    const slots = ['a@firma.cz', 'b@firma.cz'].map((address, index) => ({ key: `record/1${index}`, address }));
    s.crm.put('person/1', { tags: ['newsletter'], slots });
    s.crm.person(2, 'b@firma.cz');
    await s.tellCrm();
    await s.settled();
    await eachBearsIts(['a@firma.cz', 'b@firma.cz']);
  });

  it('[F3] an address that is new to somebody known, or shown by a reading that is past, makes nobody new', async () => {
    s.crm.person(1, 'old@firma.cz');
    const past = s.crm.observe();
    await s.tellCrm();
    await s.settled();
    s.crm.person(1, 'new@firma.cz');
    await s.tellCrm();
    await s.observe(past);
    await s.settled();
    await eachBearsIts(['new@firma.cz', 'old@firma.cz']);
  });

  it('[F4] whom source and destination show in one chunk is one person', async () => {
    s.crm.person(1, 'both@firma.cz');
    s.mail.put('both@firma.cz');
    s.mail.put('alone@firma.cz');
    await s.observe([...s.mail.observe(), ...s.crm.observe()]);
    await s.settled();
    await eachBearsIts(['alone@firma.cz', 'both@firma.cz']);
  });
});
