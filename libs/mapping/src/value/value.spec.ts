import fc from 'fast-check';
import { cutText } from './cut-text';
import { isPlaceholder } from './placeholder';
import { usableValue } from './usable-value';

describe('values', () => {
  it.each(['-', '--', '—', ' n/a ', 'N/A', 'neuvedeno', 'Neuvedeno', 'není', 'NENÍ', 'neni', 'xxx', 'XXX', '?', '??'])(
    '[F1] %s is a placeholder',
    (text) => {
      expect(isPlaceholder(text)).toBe(true);
    },
  );

  it.each(['', ' ', 'Na', 'Xu', '0', 'a-b', 'nenínic', 'Nenička', '+', '.'])('[F1] "%s" is no placeholder', (text) => {
    expect(isPlaceholder(text)).toBe(false);
  });

  it('[F1] absent, null, blank and placeholder are four values', () => {
    let placeholders = 0;
    const read = (value: Parameters<typeof usableValue>[0]) => usableValue(value, () => (placeholders += 1));
    expect([undefined, null, ' ', [], ['', ' ']].map(read)).toEqual([undefined, null, null, null, null]);
    expect(placeholders).toBe(0);
    expect(['-', ['-', 'Praha'], 0, false].map(read)).toEqual([null, 'Praha', 0, false]);
    expect(placeholders).toBe(2);
  });

  it('[C7] characters are counted as people count them', () => {
    expect(cutText('Žofie', 5)).toBeUndefined();
    expect(cutText('Z\u030cofie Nova\u0301', 4)).toBe('Z\u030cofi');
    expect(cutText('👩‍👧👩‍👧👩‍👧', 2)).toBe('👩‍👧👩‍👧');
    expect(cutText('👩‍👧👩‍👧', 2)).toBeUndefined();
  });

  it('[C7] a cut text is a start of the text, with as many characters as allowed', () => {
    const segmenter = new Intl.Segmenter('cs', { granularity: 'grapheme' });
    const count = (text: string): number => [...segmenter.segment(text)].length;
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 12 }), (text, max) => {
        const cut = cutText(text, max);
        expect(text.startsWith(cut ?? text)).toBe(true);
        expect(count(cut ?? text)).toBe(Math.min(max, count(text)));
      }),
    );
  });
});
