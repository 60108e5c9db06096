import fc from 'fast-check';
import type { Desire } from '../decision/decision';
import { subscriptionStatuses } from '../record/subscription-status';
import { applyWrite } from './apply-write';
import { combine, type CombineOptions } from './combine';
import { observeRemote } from './observe-remote';
import type { Ledger, RemoteState } from './remote-state';

const options: CombineOptions = { address: 'a@b.cz', leave: 'unsubscribe', conflicts: {} };
const nobody: RemoteState = { known: false, fields: {}, tags: [], places: {}, covers: [] };
const desire: Desire = { address: 'a@b.cz', places: ['list/7'], tags: ['VIP'], fields: { firstName: 'Petr', phone: null } };
const member = (more: Partial<RemoteState> = {}): RemoteState => ({
  ...{
    known: true,
    fields: { firstName: 'Petr' },
    tags: [],
    places: { 'list/7': { status: 'subscribed' } },
    covers: ['firstName', 'phone', 'tags'],
  },
  ...more,
});
const ours: Ledger = {
  person: { value: 'a@b.cz', ours: true },
  'place:list/7': { value: 'subscribed', ours: true },
  'tag:VIP': { value: true, ours: true },
};

const anyText = fc.constantFrom('x', 'y', '', null);
const anyDesire = fc.record({
  address: fc.constant('a@b.cz'),
  places: fc.subarray(['list/7', 'list/8']),
  tags: fc.subarray(['VIP', 'news', 'hand']),
  fields: fc.dictionary(fc.constantFrom('firstName', 'phone'), anyText),
});
const anyThere: fc.Arbitrary<RemoteState> = fc.record({
  known: fc.constant(true),
  fields: fc.dictionary(fc.constantFrom('firstName', 'phone'), anyText),
  tags: fc.subarray(['VIP', 'news', 'hand', 'foreign']),
  places: fc.dictionary(
    fc.constantFrom('list/7', 'list/8', 'list/9'),
    fc.record({ status: fc.constantFrom(...subscriptionStatuses), stamp: fc.constantFrom('s1', 's2') }),
  ),
  covers: fc.subarray(['firstName', 'phone', 'tags']),
});
const anyLedger: fc.Arbitrary<Ledger> = fc.dictionary(
  fc.constantFrom('person', 'place:list/7', 'place:list/8', 'tag:VIP', 'tag:news', 'field:firstName'),
  fc.record({ value: fc.constantFrom('removed', 'subscribed', 'x'), ours: fc.boolean(), stamp: fc.constantFrom('s1', undefined) }),
);
const anyOptions = fc
  .constantFrom('unsubscribe', 'delete', 'untag')
  .map((leave): CombineOptions => ({ ...options, leave: leave as CombineOptions['leave'] }));

describe('combine', () => {
  it('[A6][A8] a person not known there is created whole, without blanks', () => {
    expect(combine([desire], nobody, {}, options)).toMatchObject({
      kind: 'create',
      write: { create: true, subscribe: ['list/7'], addTags: ['VIP'], fields: { firstName: 'Petr' } },
    });
  });

  it('[A6] who is there as wanted gets no write', () => {
    expect(combine([desire], member({ tags: ['hand', 'VIP'] }), ours, options)).toEqual({ write: null });
  });

  it('[F3] a tag set by hand stays, ours goes when it is no longer wanted', () => {
    const { write } = combine([{ ...desire, tags: [] }], member({ tags: ['hand', 'VIP'] }), ours, options);
    expect(write?.removeTags).toEqual(['VIP']);
  });

  it('[E4] a value that the destination keeps in a form of its own is not written again', () => {
    const written: Ledger = { ...ours, 'field:firstName': { value: 'Petr', ours: true } };
    const shown = observeRemote(
      { there: member({ tags: ['VIP'] }), ledger: written },
      { kind: 'person', fields: { firstName: 'PETR' }, tags: ['VIP'], slots: [], places: {} },
      ['firstName', 'tags'],
      true,
    );
    expect(combine([desire], shown.there, shown.ledger, options)).toEqual({ write: null });
    const edited = { ...shown.there, fields: { ...shown.there.fields, firstName: 'Pavel' } };
    expect(combine([desire], edited, shown.ledger, options).write?.fields).toEqual({ firstName: 'Petr' });
  });

  it('[F2] a value that did not land is written again, also when the first reading after our write shows it', () => {
    const written: Ledger = { ...ours, 'field:firstName': { value: 'Petr', ours: true } };
    for (const firstName of ['Ruční', null, 'P']) {
      const record = { kind: 'person' as const, fields: { firstName }, tags: ['VIP'], slots: [], places: {} };
      const shown = observeRemote({ there: member({ tags: ['VIP'] }), ledger: written }, record, ['firstName', 'tags'], true);
      expect(combine([desire], shown.there, shown.ledger, options).write?.fields).toEqual({ firstName: 'Petr' });
    }
  });

  it('[F4] a removal asked for twice stays ours: the second answer, which found it done, takes the stamp away from nobody', () => {
    const leaving = combine([], member({ tags: ['VIP'] }), ours, options).write;
    if (leaving === null) throw new Error('nobody leaves');
    const once = applyWrite({ there: member({ tags: ['VIP'] }), ledger: ours }, leaving, { 'place:list/7': 's1' });
    const twice = applyWrite(once, leaving);
    expect([twice.ledger['place:list/7'], twice.there.places['list/7']]).toEqual([
      { value: 'removed', ours: true, stamp: 's1' },
      { status: 'unsubscribed', stamp: 's1' },
    ]);
  });

  it('[F4] who unsubscribed is not subscribed again, whom we took out comes back', () => {
    const places = { 'list/7': { status: 'unsubscribed', stamp: 's1' } } as const;
    expect(combine([desire], member({ tags: ['VIP'], places }), {}, options).write).toBeNull();
    const removed: Ledger = { 'place:list/7': { value: 'removed', ours: true, stamp: 's1' } };
    expect(combine([desire], member({ tags: ['VIP'], places }), removed, options)).toMatchObject({
      kind: 'create',
      write: { comeBack: [{ place: 'list/7', stamp: 's1' }] },
    });
    expect(
      combine([desire], member({ tags: ['VIP'], places: { 'list/7': { ...places['list/7'], stamp: 's2' } } }), removed, options).write,
    ).toBeNull();
  });

  it('[A6] leaving: whom we created is unsubscribed, who was there before is untagged', () => {
    const there = member({ tags: ['hand', 'VIP'] });
    expect(combine([], there, ours, options)).toMatchObject({ kind: 'remove', write: { unsubscribe: ['list/7'], removeTags: [] } });
    expect(combine([], there, { 'tag:VIP': { value: true, ours: true } }, options)).toMatchObject({
      write: { unsubscribe: [], removeTags: ['VIP'] },
    });
    expect(combine([], there, {}, options)).toEqual({ write: null });
  });

  it('[A6][F1] whom we took out has left: a second look takes no tags, but those of who opted out by their own act', () => {
    const before = { there: member({ tags: ['hand', 'VIP'] }), ledger: ours };
    const { write } = combine([], before.there, before.ledger, options);
    if (write === null) throw new Error('a removal was expected');
    const removed = applyWrite(before, write, { 'place:list/7': 's1' });
    const read = (stamp: string) => {
      const places = { 'list/7': { status: 'unsubscribed' as const, stamp } };
      const record = { kind: 'person' as const, fields: {}, tags: ['hand', 'VIP'], slots: [], places };
      return observeRemote(removed, record, ['tags', 'place:list/7'], true);
    };
    for (const after of [removed, read('s1')]) expect(combine([], after.there, after.ledger, options)).toEqual({ write: null });
    const optedOut = read('s2');
    expect(combine([], optedOut.there, optedOut.ledger, options).write).toMatchObject({ unsubscribe: [], removeTags: ['VIP'] });
  });

  it('[F3] deletes only a person that is wholly ours and that no other list holds', () => {
    const deleting: CombineOptions = { ...options, leave: 'delete' };
    expect(combine([], member(), ours, deleting).write?.delete).toBe(true);
    const elsewhere = member({ places: { 'list/7': { status: 'subscribed' }, 'list/9': { status: 'subscribed' } } });
    expect(combine([], elsewhere, ours, deleting).write).toMatchObject({ delete: false, unsubscribe: ['list/7'] });
  });

  it('[F2] each conflict rule keeps to its word', () => {
    const there = member({ tags: ['VIP'], fields: { firstName: 'Pavel' } });
    const fieldsFor = (conflict: 'source' | 'destination' | 'fill-if-empty', ledger: Ledger = {}) =>
      combine([desire], there, ledger, { ...options, conflicts: { firstName: conflict } }).write?.fields ?? {};
    expect(fieldsFor('source')).toEqual({ firstName: 'Petr' });
    expect(fieldsFor('fill-if-empty')).toEqual({});
    expect(fieldsFor('destination')).toEqual({});
    expect(fieldsFor('destination', { 'field:firstName': { value: 'Pavel', ours: true } })).toEqual({ firstName: 'Petr' });
  });

  it('[F1] an echo is no difference: after a confirmed write nothing is left to write', () => {
    fc.assert(
      fc.property(
        fc.array(anyDesire, { maxLength: 3 }),
        fc.oneof(anyThere, fc.constant(nobody)),
        anyLedger,
        anyOptions,
        (desires, there, ledger, how) => {
          const { write } = combine(desires, there, ledger, how);
          if (write === null) return;
          const after = applyWrite({ there, ledger }, write, { 'place:list/7': 's9', 'place:list/8': 's9' });
          expect(combine(desires, after.there, after.ledger, how).write).toBeNull();
        },
      ),
    );
  });

  it('[F3] takes away only what the ledger calls ours, and never anything of a place that is not subscribed', () => {
    fc.assert(
      fc.property(fc.array(anyDesire, { maxLength: 3 }), anyThere, anyLedger, anyOptions, (desires, there, ledger, how) => {
        const { write } = combine(desires, there, ledger, how);
        for (const tag of write?.removeTags ?? []) expect(ledger[`tag:${tag}`]?.ours).toBe(true);
        for (const place of write?.unsubscribe ?? []) expect(ledger[`place:${place}`]?.ours).toBe(true);
        for (const place of write?.subscribe ?? []) expect(there.places[place]).toBeUndefined();
        if (write?.delete) expect(ledger['person']?.ours).toBe(true);
      }),
    );
  });

  it('[F1] lists and tags are a union in any order', () => {
    fc.assert(
      fc.property(anyDesire, anyDesire, anyThere, (a, b, there) => {
        const strip = (desires: Desire[]) => ({
          ...combine(
            desires.map((one) => ({ ...one, fields: {} })),
            there,
            {},
            options,
          ).write,
        });
        expect(strip([a, b])).toEqual(strip([b, a]));
      }),
    );
  });
});

describe('observeRemote', () => {
  const record = {
    kind: 'person',
    fields: { firstName: 'Eva' },
    tags: ['hand'],
    slots: [],
    places: { 'list/7': { status: 'subscribed' } },
  } as const;

  it('[F3] what a reading does not cover stays as it was', () => {
    const before = { there: member({ fields: { firstName: 'Petr', phone: '1' }, tags: ['VIP'] }), ledger: ours };
    const { there } = observeRemote(before, record, ['firstName']);
    expect(there).toMatchObject({ fields: { firstName: 'Eva', phone: '1' }, tags: ['VIP'] });
  });

  it('[F6] a person whom another list holds is not ours to delete, though we thought to have created them', () => {
    const place = (status: 'subscribed') => ({ status });
    const ledger = { person: { value: 'a@b.cz', ours: true }, 'place:list/7': { value: 'subscribed', ours: true } };
    const there = { known: true, fields: {}, tags: [], places: { 'list/7': place('subscribed') }, covers: [] };
    const record = { kind: 'person' as const, fields: {}, tags: [], slots: [], places: { 'list/1': place('subscribed') } };
    const seen = observeRemote({ there, ledger }, record, ['place:list/1']);
    expect(seen.ledger).toEqual({ 'place:list/7': { value: 'subscribed', ours: true } });
  });

  it('[F3] a tag that others took away is no longer ours', () => {
    const { ledger } = observeRemote({ there: member({ tags: ['VIP'] }), ledger: ours }, record, ['tags', 'place:list/7']);
    expect(ledger['tag:VIP']).toBeUndefined();
    expect(ledger['place:list/7']).toBeDefined();
  });

  it('[F3] a person gone from the only list is not known, from one of two still is', () => {
    const both = member({ places: { 'list/7': { status: 'subscribed' }, 'list/8': { status: 'subscribed' } } });
    expect(observeRemote({ there: both, ledger: ours }, undefined, ['place:list/7']).there.known).toBe(true);
    expect(observeRemote({ there: member(), ledger: ours }, undefined, ['place:list/7'])).toMatchObject({
      there: { known: false },
      ledger: {},
    });
  });
});
