const words = /[\p{L}\p{M}\p{N}.'’]+/gu;
const particles = new Set('a z ze od u na von van der den de di da du la le und'.split(' '));
const romanNumeral = /^[IVX]{2,}$/;
const elided = /^(\p{L}['’])(\p{L}.*)$/u;

/**
 * Names with a capital first letter: `JAN NOVÁK-DVOŘÁK` becomes `Jan Novák-Dvořák`, `o'brien` becomes `O'Brien`. Only words in one case (or typed
 * with caps lock on) are changed: `McDonald` stays. Particles inside a name (`ze Žerotína`, `van der`) are small, `IV` stays.
 */
export function capitalise(text: string): string {
  return text.replace(words, (word, offset: number) => capitaliseWord(word, offset === 0));
}

function capitaliseWord(word: string, first: boolean): string {
  if (word.slice(0, -1).includes('.') || romanNumeral.test(word)) return word;
  const small = word.toLowerCase();
  if (!first && particles.has(small)) return word.length === 1 ? word : small;
  const parts = elided.exec(word);
  return parts === null ? capitalisePart(word) : capitalisePart(parts[1] ?? '') + capitalisePart(parts[2] ?? '');
}

function capitalisePart(part: string): string {
  const initial = String.fromCodePoint(part.codePointAt(0) ?? 0);
  const rest = part.slice(initial.length);
  const capital = initial.toUpperCase();
  // A letter whose capital is two letters (ß) is no start of a name that we could improve.
  if (capital.length !== initial.length) return part;
  const inOneCase = rest === rest.toLowerCase() || rest === rest.toUpperCase();
  return inOneCase ? capital + rest.toLowerCase() : part;
}
