import fc from 'fast-check';
import { canaryVerdict } from './canary';
import { mayRun, type PlannedRun } from './may-run';

const link = { firstRun: 'approve' } as const;
const plan: PlannedRun = {
  ...{ counts: { create: 1, update: 0, remove: 0 }, hash: 'a', brake: { pass: true }, isFirst: false, approvedHash: null },
};
const tooMany = { pass: false, needs: 'approval', reason: 'too many' } as const;
const cut = { pass: false, needs: 'complete-read', reason: 'page 3 was cut' } as const;

describe('whether a plan may be carried out', () => {
  it('[F7] a first run waits for approval unless the link says auto; one that changes nothing does not', () => {
    expect(mayRun(link, { ...plan, isFirst: true })).toMatchObject({ verdict: 'wait', reason: expect.stringContaining('first run') });
    expect(mayRun({ firstRun: 'auto' }, { ...plan, isFirst: true })).toEqual({ verdict: 'go' });
    expect(mayRun(link, { ...plan, isFirst: true, counts: { create: 0, update: 0, remove: 0 } })).toEqual({ verdict: 'go' });
    expect(mayRun(link, plan)).toEqual({ verdict: 'go' });
  });

  it('[F5] what the brake holds waits; after an incomplete read no approval helps', () => {
    expect(mayRun(link, { ...plan, brake: tooMany })).toEqual({ verdict: 'wait', reason: 'too many' });
    expect(mayRun(link, { ...plan, brake: tooMany, approvedHash: 'a' })).toEqual({ verdict: 'go' });
    expect(mayRun(link, { ...plan, brake: cut, approvedHash: 'a' })).toMatchObject({ verdict: 'stop' });
  });

  it('[F7] a plan approved beforehand is that hash and no other, whatever the link says', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('auto' as const, 'approve' as const),
        fc.boolean(),
        fc.constantFrom('a', 'b'),
        (firstRun, isFirst, approvedHash) =>
          expect(mayRun({ firstRun }, { ...plan, isFirst, approvedHash }).verdict).toBe(approvedHash === 'a' ? 'go' : 'wait'),
      ),
    );
  });

  it('[F7] the last run of a link always waits for approval', () => {
    expect(mayRun({ firstRun: 'auto', retiring: true }, { ...plan, counts: { create: 0, update: 0, remove: 1 } })).toMatchObject({
      verdict: 'wait',
    });
  });

  it('[F11] an undo waits for approval of its plan, also where the link says auto', () => {
    expect(mayRun({ firstRun: 'auto' }, { ...plan, isUndo: true })).toEqual({ verdict: 'wait', reason: 'it undoes another run' });
    expect(mayRun({ firstRun: 'auto' }, { ...plan, isUndo: true, approvedHash: plan.hash })).toEqual({ verdict: 'go' });
    expect(mayRun(link, { ...plan, isUndo: true, approvedHash: plan.hash, brake: cut })).toMatchObject({ verdict: 'stop' });
  });

  it('[F9] a canary of which more than a tenth failed stops the rest', () => {
    expect(canaryVerdict({ written: 20, failed: 2 })).toEqual({ pass: true });
    expect(canaryVerdict({ written: 20, failed: 3 })).toMatchObject({ pass: false, reason: expect.stringContaining('3 of the first 20') });
    expect(canaryVerdict({ written: 5, failed: 1 }).pass).toBe(false);
  });
});
