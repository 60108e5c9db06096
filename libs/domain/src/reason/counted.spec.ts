import { brake } from '../plan/brake';
import { counted } from './counted';

describe('a number with its noun', () => {
  it('[F18] one is singular, none and more are plural', () => {
    expect([0, 1, 2].map((count) => counted(count, 'hour'))).toEqual(['0 hours', '1 hour', '2 hours']);
    expect([1, 5].map((count) => counted(count, 'person', 'people'))).toEqual(['1 person', '5 people']);
  });

  it('[F5] [F18] the brake says it so', () => {
    const reasonOf = (remove: number, owned: number, removals: number) => {
      const verdict = brake({ remove, owned }, [], { removals, share: 0.5 });
      return verdict.pass ? undefined : verdict.reason;
    };
    expect(reasonOf(1, 9, 0)).toBe("1 removal is more than the link's limit of 0");
    expect(reasonOf(3, 9, 2)).toBe("3 removals are more than the link's limit of 2");
    expect(reasonOf(1, 1, 5)).toBe('1 of 1 member would leave, more than the limit of 50 %');
  });
});
