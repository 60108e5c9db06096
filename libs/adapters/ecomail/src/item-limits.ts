import { itemRejected, type AdapterError, type PushItem } from '@kontaktor/adapter-kit';

const longestTag = 50;
const mostTagText = 2000;
const lengthOf = (text: string): number => [...text].length;

/** What Ecomail would refuse, found before the call. */
export function checkItem({ want }: PushItem): AdapterError | undefined {
  return checkTags(want.addTags);
}

/** @param tags the whole set, or as much of it as is known */
export function checkTags(tags: readonly string[]): AdapterError | undefined {
  const long = tags.find((tag) => lengthOf(tag) > longestTag);
  if (long !== undefined) return itemRejected(`The tag “${long}” is longer than the ${longestTag} characters that Ecomail allows`);
  const text = tags.reduce((sum, tag) => sum + lengthOf(tag), 0);
  return text > mostTagText ? itemRejected(`The tags have ${text} characters together; Ecomail allows ${mostTagText}`) : undefined;
}
