import fc from 'fast-check';
import { brake } from './brake';
import { countPlan, payloadHash, planHash } from './count-plan';
import { planOperations, type PlanItem } from './plan';

const item = (
  slotKey: string,
  operation: PlanItem['operation'],
  payload = 'p',
  code: PlanItem['reason']['code'] = 'eligible',
): PlanItem => ({
  ...{ slotKey, operation, payloadHash: payload },
  reason: { code, params: {} },
});
const anyItem = fc
  .record({ slotKey: fc.string(), operation: fc.constantFrom(...planOperations), payload: fc.string() })
  .map((one) => item(one.slotKey, one.operation, one.payload));

describe('a plan', () => {
  it('[F7] counts profiles by operation and excluded ones by reason', () => {
    const items = [
      item('1', 'create'),
      item('2', 'unchanged'),
      item('3', 'remove', '', 'source.removed'),
      item('4', 'excluded', '', 'filter.tag-missing'),
    ];
    expect(countPlan(items, { read: 9, owned: 5 })).toEqual({
      ...{ read: 9, owned: 5, create: 1, update: 0, remove: 1, unchanged: 1, eligible: 2, excluded: 2 },
      excludedBy: { 'source.removed': 1, 'filter.tag-missing': 1 },
    });
  });

  it('[F7] eligible is created, updated and unchanged, whatever the items', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyItem, { selector: ({ slotKey, operation }) => `${slotKey} ${operation}` }), (items) => {
        const counts = countPlan(items, { read: 0, owned: 0 });
        expect(counts.eligible).toBe(counts.create + counts.update + counts.unchanged);
        expect(counts.eligible + counts.excluded).toBe(
          items.filter(({ operation }) => operation !== 'kept' && operation !== 'irreversible').length,
        );
      }),
    );
  });

  it('[F7] has one hash in any order, and another when an item changes', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyItem, { selector: ({ slotKey, operation }) => `${slotKey} ${operation}` }), (items) =>
        expect(planHash([...items].reverse())).toBe(planHash(items)),
      ),
    );
    expect(planHash([item('1', 'create', 'a')])).not.toBe(planHash([item('1', 'create', 'b')]));
    expect(payloadHash({ a: 1, b: { c: 2, d: 3 } })).toBe(payloadHash({ b: { d: 3, c: 2 }, a: 1 }));
  });
});

describe('the brake', () => {
  const read = { connectionId: 'crm', complete: true, seen: 100 };
  const limits = { removals: 10, share: 0.2 };

  it('[F5] nothing is removed after an incomplete or empty read', () => {
    expect(brake({ remove: 1, owned: 100 }, [{ ...read, complete: false, problem: 'cut' }], limits)).toMatchObject({
      pass: false,
      needs: 'complete-read',
    });
    expect(brake({ remove: 1, owned: 100 }, [read, { ...read, seen: 0 }], limits)).toMatchObject({ pass: false, needs: 'complete-read' });
    expect(brake({ remove: 0, owned: 100 }, [{ ...read, seen: 0 }], limits)).toEqual({ pass: true });
  });

  it('[F5] removals above the number or the share need approval', () => {
    expect(brake({ remove: 11, owned: 1000 }, [read], limits)).toMatchObject({ needs: 'approval' });
    expect(brake({ remove: 3, owned: 10 }, [read], limits)).toMatchObject({ needs: 'approval', reason: expect.stringContaining('20 %') });
    expect(brake({ remove: 2, owned: 10 }, [read], limits)).toEqual({ pass: true });
  });
});
