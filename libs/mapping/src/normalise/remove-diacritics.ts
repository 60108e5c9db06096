const marks = /[\u0300-\u036f]/g;
const others: Readonly<Record<string, string>> = {
  ...{ ł: 'l', Ł: 'L', đ: 'd', Đ: 'D', ø: 'o', Ø: 'O', ß: 'ss', æ: 'ae', Æ: 'Ae', œ: 'oe', Œ: 'Oe' },
};
const otherLetters = /[łŁđĐøØßæÆœŒ]/g;

/** Latin letters without their accents: `Žluťoučký kůň` becomes `Zlutoucky kun`. Other scripts stay. */
export function removeDiacritics(text: string): string {
  return text
    .normalize('NFD')
    .replace(marks, '')
    .normalize('NFC')
    .replace(otherLetters, (letter) => others[letter] ?? letter);
}
