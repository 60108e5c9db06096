import { editDistance } from '@kontaktor/mapping';

/** The known word that was probably meant; undefined where none is near. */
export function nearest(wanted: string, known: readonly string[]): string | undefined {
  const [best] = known.map((word) => ({ word, distance: editDistance(wanted.toLowerCase(), word.toLowerCase()) })).sort(byDistance);
  return best !== undefined && best.distance <= Math.max(1, Math.floor(wanted.length / 3)) ? best.word : undefined;
}

/** `; did you mean "tags"?` where one of the known words is near, else which there are. */
export function suggestion(wanted: string, known: readonly string[]): string {
  const word = nearest(wanted, known);
  if (word !== undefined) return `; did you mean "${word}"?`;
  return known.length === 0 ? '; there is none' : `; there is ${listed(known)}`;
}

const mostListed = 20;

function listed(words: readonly string[]): string {
  const shown = words.slice(0, mostListed).join(', ');
  return words.length > mostListed ? `${shown} and ${words.length - mostListed} more` : shown;
}

const byDistance = (a: { readonly distance: number }, b: { readonly distance: number }): number => a.distance - b.distance;
