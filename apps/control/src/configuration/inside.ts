import { placeOf } from '../document/place';
import { Refusal } from '../http/refusal';

/** Runs a change of one object; the places of its problems are told from that object on, as it was sent. */
export async function inside<T>(path: readonly string[], work: () => Promise<T>): Promise<T> {
  const place = placeOf(path);
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const problems = error.problems.map((one) => ({ ...one, place: shortened(one.place, place) }));
    throw new Refusal(error.code, error.message, problems);
  }
}

function shortened(place: string, prefix: string): string {
  if (place.startsWith(`${prefix}.`)) return place.slice(prefix.length + 1);
  return place.startsWith(prefix) && ['', '['].includes(place.charAt(prefix.length)) ? place.slice(prefix.length) : place;
}
