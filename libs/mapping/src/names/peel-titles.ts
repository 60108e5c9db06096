import { leadingTitles, trailingAfter, trailingBefore, type TitlePattern } from './titles';

/** A text without the titles at its two ends. */
export interface Peeled {
  readonly before: readonly string[];
  readonly rest: string;
  readonly after: readonly string[];
}

/** Takes titles off both ends of a text, each to its own side. */
export function peelTitles(text: string): Peeled {
  const before: string[] = [];
  const late: string[] = [];
  const after: string[] = [];
  let rest = text;
  const take = (patterns: readonly TitlePattern[], keep: (title: string) => void): boolean => {
    const match = firstMatch(patterns, rest);
    if (match === undefined) return false;
    keep(match.title);
    rest = rest.slice(0, match.start) + rest.slice(match.end);
    return true;
  };
  while (take(leadingTitles, (title) => before.push(title)));
  while (take(trailingAfter, (title) => after.unshift(title)) || take(trailingBefore, (title) => late.unshift(title)));
  return { before: [...before, ...late], rest: rest.replace(/^[\s,]+|[\s,]+$/g, ''), after };
}

function firstMatch(patterns: readonly TitlePattern[], text: string): { title: string; start: number; end: number } | undefined {
  for (const { pattern, needs } of patterns) {
    if (!text.includes(needs)) continue;
    const match = pattern.exec(text);
    if (match?.[1] !== undefined) return { title: match[1].trim(), start: match.index, end: match.index + match[0].length };
  }
  return undefined;
}
