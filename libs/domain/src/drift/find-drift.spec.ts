import type { LinkVersion } from '../link/link-version';
import type { AccountSchema } from './account-schema';
import { destinationDrift, destinationFields, fingerprintOf, sourceDrift, type SourceUse } from './find-drift';
import { renderDrift } from './render-drift';

const rule = (from: string, to: string) => ({ from, to, onBlank: 'clear', conflict: 'source' }) as const;
const link: LinkVersion = {
  ...{ workspaceId: 'main', linkId: 'newsletter', version: 1, name: 'Newsletter', enabled: true, purpose: 'newsletter', place: 'list/7' },
  ...{ source: { connectionId: 'crm', provider: 'oneclick' }, destination: { connectionId: 'mail', provider: 'ecomail' } },
  recordTypes: { email: ['email'], name: ['person'], phone: ['mobile'] },
  ...{ tags: ['VIP'], mapping: [rule('firstName', 'name'), rule('note', 'note'), rule('record:owner', 'owner'), rule('phone', 'phone')] },
  ...{ sharedAddress: 'first', leave: 'unsubscribe', brake: { removals: 100, share: 1 }, mode: 'live', firstRun: 'auto' },
  ...{ diary: false, mark: false },
};
const text = { type: 'text', writable: true };
const mail: AccountSchema = {
  fields: { name: text, note: text, owner: text, phone: text, other: text },
  lists: ['list/7'],
  tags: null,
  recordTypes: null,
};
const crm: AccountSchema = { fields: { note: text }, lists: null, tags: ['VIP'], recordTypes: ['email', 'person', 'mobile', 'owner'] };
const use: SourceUse = { filterFields: [], derived: { firstName: 'name', phone: 'phone' } };
const approved = fingerprintOf(destinationFields(link), mail);
const at = (fields: AccountSchema['fields'], more: Partial<AccountSchema> = {}) =>
  destinationDrift(link, approved, { ...mail, ...more, fields: { ...mail.fields, ...fields } });
const gone = (name: string): AccountSchema['fields'] => Object.fromEntries(Object.entries(mail.fields).filter(([one]) => one !== name));
const from = (more: Partial<AccountSchema>, filterFields: string[] = []) =>
  sourceDrift(link, { note: text }, { ...crm, ...more }, { ...use, filterFields });

describe('schema drift', () => {
  it('[F17] an account that is as it was, or has more, drifts nowhere', () => {
    expect([...at({ another: text }), ...from({ tags: ['VIP', 'new'] })]).toEqual([]);
    expect(at({ note: { ...text, options: ['a'] } })).toEqual([]);
  });

  it('[F17] a destination field that vanished, changed its type, became read-only or takes fewer values pauses its mapping alone', () => {
    expect(destinationDrift(link, approved, { ...mail, fields: gone('note') })).toMatchObject([
      { name: 'note', change: 'gone', pauses: ['note'] },
    ]);
    expect(at({ note: { ...text, type: 'number' } })).toMatchObject([{ change: 'type', was: 'text', now: 'number', pauses: ['note'] }]);
    expect(at({ phone: { ...text, writable: false } })).toMatchObject([{ name: 'phone', change: 'read-only', pauses: ['phone'] }]);
    const choice = destinationDrift(
      link,
      { ...approved, note: { ...text, options: ['a', 'b'] } },
      { ...mail, fields: { ...mail.fields, note: { ...text, options: ['b', 'c'] } } },
    );
    expect(choice).toMatchObject([{ change: 'options', was: 'a', pauses: ['note'] }]);
  });

  it('[F17] a field that the link does not map may change as it likes', () => {
    expect(destinationDrift(link, approved, { ...mail, fields: gone('other') })).toEqual([]);
  });

  it('[F17] the list, a chosen tag, the type that gives the address, and a field of the filter pause the link: nobody leaves for them', () => {
    expect(at({}, { lists: ['list/8'] })).toMatchObject([{ thing: 'list', name: 'list/7', pauses: null }]);
    expect(from({ tags: [] })).toMatchObject([{ thing: 'tag', name: 'VIP', pauses: null }]);
    expect(from({ recordTypes: ['person', 'mobile', 'owner'] })).toMatchObject([{ thing: 'record-type', name: 'email', pauses: null }]);
    expect(from({ fields: {} }, ['note'])).toMatchObject([{ name: 'note', change: 'gone', pauses: null }]);
  });

  it('[F17] a source field, or a record type that a name or phone is made of, pauses the mappings that read it', () => {
    expect(from({ fields: {} })).toMatchObject([{ name: 'note', pauses: ['note'] }]);
    expect(from({ recordTypes: ['email', 'mobile', 'owner'] })).toMatchObject([{ name: 'person', pauses: ['name'] }]);
    expect(from({ recordTypes: ['email', 'person', 'mobile'] })).toMatchObject([{ name: 'owner', pauses: ['owner'] }]);
  });

  it('[F17] what an account cannot tell is not gone', () => {
    expect([...at({}, { lists: null }), ...from({ tags: null, recordTypes: null })]).toEqual([]);
  });

  it('[F17][F18] the field, the end and what to do are named in both languages', () => {
    const [drift] = at({ note: { ...text, type: 'number' } });
    if (drift === undefined) throw new Error('no drift');
    expect(renderDrift(drift, 'en', 'Ecomail')).toBe(
      'The field "note" of Ecomail is of the type number now, it was text: the mapping of note is paused, the rest of the link goes on. Put it back, accept the change, or change the link; it goes on by itself.',
    );
    expect(renderDrift(drift, 'cs', 'Ecomail')).toBe(
      'Pole „note“ v systému Ecomail má nyní typ number, dříve text: mapování note je pozastaveno, zbytek propojení pokračuje. Vraťte je zpět, přijměte změnu nebo upravte propojení; pak to pokračuje samo.',
    );
  });
});
