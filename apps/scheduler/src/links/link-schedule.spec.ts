import { createEvent, linkChanged, type EventOf, type LinkChanged } from '@kontaktor/contracts';
import { scheduleAfter } from './link-schedule';

const example = linkChanged.examples[0]?.data;

function change(occurredAt: string, data: Partial<LinkChanged>): EventOf<LinkChanged> {
  if (example === undefined) throw new Error('the contract has no example');
  return { ...createEvent(linkChanged, { workspaceId: 'main' }, { ...example, ...data }), occurredAt };
}

describe('schedule of a link', () => {
  const made = scheduleAfter(undefined, change('2026-03-02T08:17:00Z', { version: 1 }));

  it('[A4] a new link that runs every 24 h is first due one period after it was enabled, however late that is read', () => {
    expect(made).toMatchObject({ anchor: new Date('2026-03-02T08:17:00Z'), nextSlot: new Date('2026-03-03T08:17:00Z') });
  });

  it('[A4] an edit that does not touch the schedule moves nothing', () => {
    const edited = scheduleAfter(made, change('2026-03-02T20:00:00Z', { version: 2, name: 'News', tags: ['VIP'] }));
    expect(edited).toEqual({ ...made, version: 2 });
  });

  it('[A4] another period, or the link enabled again, counts anew', () => {
    const other = scheduleAfter(made, change('2026-03-02T20:00:00Z', { version: 2, schedule: { kind: 'every', hours: 6 } }));
    expect(other.nextSlot).toEqual(new Date('2026-03-03T02:00:00Z'));
    const off = scheduleAfter(made, change('2026-03-02T20:00:00Z', { version: 2, enabled: false }));
    const on = scheduleAfter(off, change('2026-03-02T21:00:00Z', { version: 3 }));
    expect(on.nextSlot).toEqual(new Date('2026-03-03T21:00:00Z'));
  });

  it.each([
    ['disabled', { enabled: false }],
    ['deleted', { deleted: true }],
    ['without a schedule', { schedule: undefined }],
  ])('[B2] a link %s has no next slot', (_state, data) => {
    const next = scheduleAfter(made, change('2026-03-02T20:00:00Z', { version: 2, ...data }));
    expect(next).toEqual({ workspaceId: 'main', linkId: 'newsletter', version: 2 });
  });

  it('[B2] an older version read again changes nothing, also when the link was deleted since', () => {
    const deleted = scheduleAfter(made, change('2026-03-02T20:00:00Z', { version: 3, deleted: true }));
    expect(scheduleAfter(deleted, change('2026-03-02T08:17:00Z', { version: 1 }))).toBe(deleted);
    expect(scheduleAfter(deleted, change('2026-03-02T08:17:00Z', { version: 3 }))).toBe(deleted);
  });

  it('[B2] a schedule that cannot be is refused in words', () => {
    const wrong = change('2026-03-02T20:00:00Z', { version: 2, schedule: { kind: 'daily', at: '2:30', zone: 'Europe/Prague' } });
    expect(() => scheduleAfter(made, wrong)).toThrow('The schedule of link newsletter cannot be kept: the time "2:30" must be written');
  });
});
