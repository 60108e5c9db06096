import type { Normalised } from './normalised';

const czech = /^(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})(?:[\s,]+\d{1,2}[:.]\d{2}(?:[:.]\d{2})?)?$/;
const czechWords = /^(\d{1,2})\.\s*(\p{L}+)\s+(\d{4})$/u;
const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;
const months = 'ledna února března dubna května června července srpna září října listopadu prosince'.split(' ');
const unreadable: Normalised = { unreadable: 'is not a date that can be read surely (such as 3. 2. 2025 or 2025-02-03)' };

/**
 * A day as `YYYY-MM-DD`, read from Czech (`3. 2. 2025`, `3. února 2025`) or ISO writing. A time of day is left out, the day stays as written. Years
 * of two digits and days with slashes can mean several days: they are not guessed at.
 */
export function normaliseDate(text: string): Normalised {
  const parts = partsOf(text.trim());
  return parts !== undefined && exists(...parts) ? parts.map((part, index) => pad(part, index === 0 ? 4 : 2)).join('-') : unreadable;
}

type Parts = [year: number, month: number, day: number];

function partsOf(text: string): Parts | undefined {
  const isoMatch = iso.exec(text);
  if (isoMatch !== null) return [Number(isoMatch[1]), Number(isoMatch[2]), Number(isoMatch[3])];
  const match = czech.exec(text);
  if (match !== null) return [Number(match[3]), Number(match[2]), Number(match[1])];
  const words = czechWords.exec(text);
  return words === null ? undefined : [Number(words[3]), months.indexOf((words[2] ?? '').toLowerCase()) + 1, Number(words[1])];
}

function exists(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(2000, 0, 1));
  date.setUTCFullYear(year, month - 1, day);
  return year > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

const pad = (part: number, length: number): string => String(part).padStart(length, '0');
