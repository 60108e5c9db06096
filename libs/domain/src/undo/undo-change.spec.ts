import * as fc from 'fast-check';
import { applyWrite } from '../combine/apply-write';
import { combine, type CombineOptions } from '../combine/combine';
import type { Ledger, RemoteState } from '../combine/remote-state';
import type { Desire } from '../decision/decision';
import { undoChange, type UndoAnswer } from './undo-change';
import { changeOf, type WrittenChange } from './written-change';

const address = 'jana@firma.cz';
const options: CombineOptions = { address, leave: 'unsubscribe', conflicts: {} };
const desire: Desire = { address, places: ['list/7'], tags: ['newsletter'], fields: { firstName: 'Jana' } };
const nobody: RemoteState = { known: false, fields: {}, tags: [], places: {}, covers: [] };
const member: RemoteState = {
  ...{ known: true, fields: { firstName: 'Johana', phone: null }, tags: ['by hand'] },
  ...{ places: { 'list/7': { status: 'subscribed' } }, covers: ['firstName', 'phone', 'tags'] },
};

interface Written {
  readonly there: RemoteState;
  readonly ledger: Ledger;
  readonly change: WrittenChange;
}

/** What a run writes for the desire. */
function written(there: RemoteState, wanted = [desire], ledger: Ledger = {}): Written {
  const combined = combine(wanted, there, ledger, options);
  if (combined.write === null) throw new Error('nothing is written');
  return { ...applyWrite({ there, ledger }, combined.write), change: changeOf(there, combined.write, combined.kind) };
}

const undo = (one: Written, change: Partial<Parameters<typeof undoChange>[0]> = {}): UndoAnswer =>
  undoChange({ ...one, wanted: desire, leave: 'unsubscribe', ...change });
const told = ({ items }: UndoAnswer) => items.map(({ operation, reason }) => [operation, reason.code, reason.params]);

describe('undoChange', () => {
  const made = written(nobody);
  const changed = written(member);

  it('[F11] who was created by the run is taken out', () => {
    expect(undo(made)).toEqual({ items: [{ operation: 'remove', reason: { code: 'undo.taken-out', params: {} } }], hold: null });
  });

  it('[F11] a value and a tag are put back as they stood before; what the run did not touch stays', () => {
    const answer = undo(changed);
    expect(told(answer)).toEqual([['update', 'undo.put-back', { what: ['firstName', 'newsletter'] }]]);
    const { there, ledger } = changed;
    const combined = combine(answer.hold ? [answer.hold] : [], there, ledger, options);
    expect(combined.write).toMatchObject({ fields: { firstName: 'Johana' }, removeTags: ['newsletter'], unsubscribe: [], subscribe: [] });
    expect(applyWrite({ there, ledger }, combined.write ?? fail()).there).toMatchObject({ fields: member.fields, tags: ['by hand'] });
  });

  it.each(['source', 'destination', 'fill-if-empty'] as const)(
    '[F11][F2] a restored value is not written over a later edit, by the rule %s',
    (rule) => {
      const { hold } = undo(changed);
      const edited = { ...changed.there, fields: { ...changed.there.fields, firstName: 'Hana' } };
      const { write } = combine(hold ? [hold] : [], edited, changed.ledger, { ...options, conflicts: { firstName: rule } });
      expect(write?.fields).toEqual({});
    },
  );

  it('[F11] what was edited at the destination since is kept', () => {
    const there = { ...changed.there, fields: { ...changed.there.fields, firstName: 'Hana' } };
    expect(told(undo({ ...changed, there }))).toEqual([
      ['update', 'undo.put-back', { what: ['newsletter'] }],
      ['kept', 'undo.kept', { edited: ['firstName'] }],
    ]);
    const covered = { ...made.there, covers: ['firstName'], fields: { firstName: 'Hana' } };
    expect(told(undo({ ...made, there: covered }))).toEqual([['kept', 'undo.kept', { edited: ['firstName'] }]]);
    const tagged = { ...made.there, tags: [...made.there.tags, 'by hand'] };
    expect(told(undo({ ...made, there: tagged }))).toEqual([['kept', 'undo.kept', { edited: ['by hand'] }]]);
  });

  it('[F11] what a later write of ours changed is kept', () => {
    const later = { ...desire, fields: { firstName: 'Jana Marie' } };
    const again = written(changed.there, [later], changed.ledger);
    expect(told(undo({ ...again, change: changed.change }, { wanted: later }))).toEqual([
      ['update', 'undo.put-back', { what: ['newsletter'] }],
      ['kept', 'undo.kept', { written: ['firstName'] }],
    ]);
  });

  it('[F11][F4] who left the list since is kept as they are', () => {
    const there = { ...made.there, places: { 'list/7': { status: 'unsubscribed' as const } } };
    expect(undo({ ...made, there })).toEqual({ items: [expect.objectContaining({ operation: 'kept' })] });
  });

  it('[F11] a removal, a person who was deleted and a value nobody saw cannot be brought back', () => {
    const { there, ledger } = made;
    const out = combine([], there, ledger, options);
    const gone = changeOf(there, out.write ?? fail(), 'remove');
    expect(told(undo({ ...made, change: gone }, { wanted: null }))).toEqual([['irreversible', 'undo.not-taken-back', {}]]);
    expect(told(undo({ ...made, there: nobody }))).toEqual([['irreversible', 'undo.gone', {}]]);
    const unseen = written({ ...member, covers: ['tags'] });
    expect(told(undo(unseen))).toEqual([
      ['update', 'undo.put-back', { what: ['newsletter'] }],
      ['irreversible', 'undo.unseen', { what: ['firstName'] }],
    ]);
  });

  it('[F11] where the link leaves people in the list, so does the undo', () => {
    expect(told(undo(made, { leave: 'untag' }))).toEqual([['irreversible', 'undo.leave-policy', {}]]);
  });

  it('[F11][F4] an undo never subscribes, creates or brings back anybody, whatever stands there', () => {
    const status = fc.constantFrom('subscribed', 'unsubscribed', 'hard-bounced', 'complained', 'unconfirmed');
    const stamp = fc.option(fc.constantFrom('s1', 's2'), { nil: undefined });
    const text = fc.constantFrom('Jana', 'Hana', '', null);
    const state = fc.record({
      known: fc.boolean(),
      fields: fc.record({ firstName: text, phone: text }, { requiredKeys: [] }),
      tags: fc.subarray(['newsletter', 'VIP', 'by hand']),
      places: fc.dictionary(fc.constantFrom('list/7', 'list/8'), fc.record({ status, stamp })),
      covers: fc.subarray(['firstName', 'phone', 'tags']),
    });
    const item = fc.record({ value: fc.constantFrom('Jana', 'Hana', 'removed', 'subscribed'), ours: fc.boolean(), stamp });
    const ledgers = fc.dictionary(fc.constantFrom('person', 'place:list/7', 'place:list/8', 'tag:newsletter', 'field:firstName'), item);
    const changes = fc.record({
      ...{ kind: fc.constantFrom('create', 'update', 'remove'), created: fc.boolean(), subscribed: fc.subarray(['list/7', 'list/8']) },
      ...{ addedTags: fc.subarray(['newsletter', 'VIP']), removedTags: fc.subarray(['by hand']) },
      fields: fc.dictionary(fc.constantFrom('firstName', 'phone'), fc.record({ wrote: text, was: text }, { requiredKeys: ['wrote'] })),
    });
    const leave = fc.constantFrom('unsubscribe', 'delete', 'untag');
    fc.assert(
      fc.property(changes, state, ledgers, leave, (change, there, ledger, policy) => {
        const { hold } = undoChange({ change, there, ledger, wanted: desire, leave: policy });
        if (hold === undefined) return;
        const { write } = combine(hold === null ? [] : [hold], there, ledger, { ...options, leave: policy });
        expect([write?.subscribe ?? [], write?.comeBack ?? [], write?.create ?? false]).toEqual([[], [], false]);
      }),
    );
  });
});

function fail(): never {
  throw new Error('there is no write');
}
