const words = new Set(['n/a', 'n.a.', 'neuvedeno', 'neuvedena', 'není', 'neni', 'xxx']);
const longestWord = 9;
/** How all of them begin: most values are told apart by their first letter. */
const beginnings = '-–—?nNxX';
const onlyMarks = /^[-–—?]+$/;

/** Text that people type where nothing is known: `-`, `--`, `?`, `n/a`, `neuvedeno`, `není`, `xxx`. It counts as blank. */
export function isPlaceholder(text: string): boolean {
  const word = text.trim();
  if (word.length === 0 || word.length > longestWord || !beginnings.includes(word.charAt(0))) return false;
  return onlyMarks.test(word) || words.has(word.normalize('NFC').toLowerCase());
}
