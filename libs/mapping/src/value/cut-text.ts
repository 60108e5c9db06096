const characters = new Intl.Segmenter('cs', { granularity: 'grapheme' });

/** The first `maxLength` characters as people count them (a letter with its accents, an emoji, is one); `undefined` when the text is no longer. */
export function cutText(text: string, maxLength: number): string | undefined {
  if (text.length <= maxLength) return undefined;
  let count = 0;
  for (const { index } of characters.segment(text)) {
    if (count === maxLength) return text.slice(0, index);
    count += 1;
  }
  return undefined;
}
