/** In `pattern` the group is the title, the whole match the title with its gaps. A text without `needs` need not be asked. */
export interface TitlePattern {
  readonly pattern: RegExp;
  readonly needs: '.' | ',' | '';
}

/** Titles that stand before a name. Those with dots are known in any case, and with or without the spaces inside. */
const dottedBefore = [
  ...['Ing. arch.', 'Ing.', 'MgA.', 'Mgr.', 'BcA.', 'Bc.', 'MUDr.', 'MVDr.', 'MDDr.', 'JUDr.', 'PhDr.', 'RNDr.', 'PaedDr.', 'PharmDr.'],
  ...[
    'ThDr.',
    'ThLic.',
    'ThMgr.',
    'RSDr.',
    'PhMr.',
    'RTDr.',
    'RCDr.',
    'ICDr.',
    'Dr. h. c.',
    'Dr.-Ing.',
    'Dr.',
    'odb. as.',
    'doc.',
    'prof.',
  ],
  ...['akad. mal.', 'akad. soch.', 'akad. arch.', 'dipl. um.', 'Dipl.-Ing.', 'dipl. ing.', 'dipl. tech.'],
];
const bareBefore = ['Ing', 'Mgr', 'Bc', 'MUDr', 'MVDr', 'MDDr', 'JUDr', 'PhDr', 'RNDr', 'PaedDr', 'PharmDr', 'ThDr'];

/** Titles that stand after a name. */
const dottedAfter = [
  ...['Ph.D.', 'PhD.', 'Ph.D', 'CSc.', 'DrSc.', 'DSc.', 'Th.D.', 'DiS.', 'D.Phil.', 'dr. h. c.', 'Dr. h. c.', 'MBA.'],
  ...['LL.M.', 'LL.B.', 'M.A.', 'B.A.', 'M.Sc.', 'MSc.', 'B.Sc.', 'BSc.', 'M.B.A.', 'E.M.B.A.', 'dipl. um.'],
];
const bareAfter = [
  'PhD',
  'CSc',
  'DrSc',
  'DSc',
  'ThD',
  'DiS',
  'MBA',
  'EMBA',
  'BBA',
  'MPA',
  'MPH',
  'MSc',
  'BSc',
  'LLM',
  'LLB',
  'MHA',
  'FCCA',
  'ACCA',
];
/** These could as well be a name (Van Ma) or its initials: only after a comma are they titles. */
const bareAfterComma = ['MA', 'BA'];
const bareBeforeAfterComma = ['Ing', 'Mgr', 'Bc'];

/** `Ing. arch.` is also `Ing.arch.`; a title without a last dot must end where a word ends. */
function patternOf(title: string): string {
  const inner = title
    .replace(/\s/g, '')
    .replace(/\.(?=.)/g, '\\.\\s*')
    .replace(/\.$/, '\\.');
  return title.endsWith('.') ? inner : `${inner}(?![\\p{L}\\p{N}.])`;
}

const anyOf = (titles: readonly string[]): string => `(?:${titles.map(patternOf).join('|')})`;
const chain = (one: string): string => `${one}(?:\\s*et\\s*${one})*`;
const atStart = (one: string, flags: string, needs: TitlePattern['needs']): TitlePattern => ({
  pattern: new RegExp(`^(${chain(one)})[\\s,]*`, flags),
  needs,
});
const atEnd = (gap: string, one: string, flags: string, needs: TitlePattern['needs']): TitlePattern => ({
  pattern: new RegExp(`${gap}(${one})[\\s,]*$`, flags),
  needs,
});
const anyGap = '(?:^|[\\s,]+)';
const comma = '\\s?,\\s*';

/** Found at the start of a text. */
export const leadingTitles = [atStart(anyOf(dottedBefore), 'iu', '.'), atStart(anyOf(bareBefore), 'u', '')];

/** Found at the end of a text, titles that belong before the name: `Novák Jan, Ing.` */
export const trailingBefore = [atEnd(anyGap, anyOf(dottedBefore), 'iu', '.'), atEnd(comma, anyOf(bareBeforeAfterComma), 'u', ',')];

/** Found at the end of a text, titles that belong after the name. */
export const trailingAfter = [
  atEnd(anyGap, anyOf(dottedAfter), 'iu', '.'),
  atEnd(anyGap, anyOf(bareAfter), 'u', ''),
  atEnd(comma, anyOf(bareAfterComma), 'u', ','),
];
