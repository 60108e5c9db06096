import { itemRejected, type AdapterError, type PushItem } from '@kontaktor/adapter-kit';
import { listOfField } from './custom-fields';

const longestTag = 50;
const mostTagText = 2000;
const lengthOf = (text: string): number => [...text].length;

/** What Ecomail would refuse, found before the call. */
export function checkItem(item: PushItem): AdapterError | undefined {
  return checkTags(item.want.addTags) ?? checkLists(item);
}

/** A custom field is kept with a membership: without one it has no place. */
function checkLists({ want, there }: PushItem): AdapterError | undefined {
  const places = new Set([...want.subscribe, ...Object.keys(there.places)]);
  for (const name of Object.keys(want.fields)) {
    const list = listOfField(name);
    if (list !== undefined && !places.has(`list/${list}`))
      return itemRejected(`the field ${name} is one of the list ${list}, and the person is not in it: map it in a link to that list`);
  }
  return undefined;
}

/** @param tags the whole set, or as much of it as is known */
export function checkTags(tags: readonly string[]): AdapterError | undefined {
  const long = tags.find((tag) => lengthOf(tag) > longestTag);
  if (long !== undefined) return itemRejected(`The tag “${long}” is longer than the ${longestTag} characters that Ecomail allows`);
  const text = tags.reduce((sum, tag) => sum + lengthOf(tag), 0);
  return text > mostTagText ? itemRejected(`The tags have ${text} characters together; Ecomail allows ${mostTagText}`) : undefined;
}
