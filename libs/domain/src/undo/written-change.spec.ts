import { changeOf, joinChanges, type WrittenChange } from './written-change';

const none: WrittenChange = { kind: 'update', created: false, subscribed: [], addedTags: [], removedTags: [], fields: {} };
const there = { known: true, fields: { firstName: 'Johana' }, tags: ['VIP'], places: {}, covers: ['firstName', 'phone'] };
const write = {
  ...{ address: 'jana@firma.cz', create: false, subscribe: ['list/7'], comeBack: [], unsubscribe: [], delete: false },
  ...{ addTags: ['VIP', 'newsletter'], removeTags: ['old'], fields: { firstName: 'Jana', phone: '1', city: 'Brno' } },
};

describe('what a write changed', () => {
  it('[F11] is kept with what stood there before, where anybody had seen it, and nothing else', () => {
    expect(changeOf(there, write, 'create')).toEqual({
      ...{ kind: 'create', created: false, subscribed: ['list/7'], addedTags: ['newsletter'], removedTags: [] },
      fields: { firstName: { wrote: 'Jana', was: 'Johana' }, phone: { wrote: '1', was: null }, city: { wrote: 'Brno' } },
    });
  });

  it('[F11] two writes of one run go back to what stood before the first', () => {
    const first = { ...none, addedTags: ['a'], fields: { firstName: { wrote: 'Jana', was: 'Johana' } } };
    const second = { ...none, addedTags: ['b'], removedTags: ['a'], fields: { firstName: { wrote: 'Hana', was: 'Jana' } } };
    expect(joinChanges(first, second)).toMatchObject({
      ...{ addedTags: ['b'], removedTags: [] },
      fields: { firstName: { wrote: 'Hana', was: 'Johana' } },
    });
    const created = { ...none, created: true, fields: { firstName: { wrote: 'Jana' } } };
    expect(joinChanges(created, second)).toMatchObject({ created: true, fields: { firstName: { wrote: 'Hana' } } });
  });
});
