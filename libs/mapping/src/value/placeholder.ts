const words = new Set(['n/a', 'n.a.', 'neuvedeno', 'neuvedena', 'není', 'neni', 'xxx']);
const longestWord = 9;
const onlyMarks = /^[-–—?]+$/;

/** Text that people type where nothing is known: `-`, `--`, `?`, `n/a`, `neuvedeno`, `není`, `xxx`. It counts as blank. */
export function isPlaceholder(text: string): boolean {
  const first = text.trim();
  if (first.length === 0 || first.length > longestWord) return false;
  return onlyMarks.test(first) || words.has(first.normalize('NFC').toLowerCase());
}
