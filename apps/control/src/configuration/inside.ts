import { Refusal } from '../http/refusal';

/** Runs a change of one object; the places of its problems are told from that object on, as it was sent. */
export async function inside<T>(place: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const problems = error.problems.map((one) => ({ ...one, place: shortened(one.place, place) }));
    throw new Refusal(error.code, error.message, problems);
  }
}

const shortened = (place: string, prefix: string): string =>
  place === prefix ? '' : place.startsWith(`${prefix}.`) ? place.slice(prefix.length + 1) : place;
