import { changeCount, planLines } from './render-changes';

const unchanged = { id: 'crm', change: 'unchanged' as const, fields: [], details: [] };
const plan = {
  ...{ saved: false, revision: 3, leftAlone: ['links.older'], warnings: [] },
  connections: [
    unchanged,
    { id: 'mail', change: 'changed' as const, fields: ['settings.apiKey'], details: [{ field: 'settings.apiKey', secret: true as const }] },
    { id: 'old', change: 'deleted' as const, fields: [], details: [] },
  ],
  links: [
    {
      ...{ id: 'newsletter', change: 'changed' as const, fields: ['brake.removals', 'filter', 'tags'] },
      details: [
        { field: 'brake.removals', before: 100, after: 5 },
        { field: 'filter', before: 'company is not blank' },
        { field: 'tags', after: ['VIP'] },
      ],
    },
  ],
};

describe('a plan on the command line', () => {
  it('[F15] shows what would change field by field, secrets only as set anew', () => {
    expect(planLines(plan)).toEqual([
      'connection crm: unchanged',
      'connection mail: changed',
      '  ~ settings.apiKey: set anew (secret)',
      'connection old: deleted',
      'link newsletter: changed',
      '  ~ brake.removals: 100 -> 5',
      '  - filter: "company is not blank"',
      '  + tags: ["VIP"]',
      '0 created, 2 changed, 1 deleted, 1 unchanged.',
      'Not in the file, and left alone: links.older (--prune deletes).',
    ]);
  });

  it('[F15] counts what changes', () => {
    expect([changeCount(plan), changeCount({ ...plan, connections: [unchanged], links: [] })]).toEqual([3, 0]);
  });
});
