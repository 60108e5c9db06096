import { Refusal } from '../http/refusal';

/** Each round loses to a change that was saved: more would mean that somebody saves without end. */
const mostAttempts = 8;

/** Makes a change that reads what is saved; when others saved meanwhile, it is made again on what they made. */
export async function onLatest<T>(change: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await change();
    } catch (error) {
      const isOvertaken = error instanceof Refusal && error.code === 'conflict';
      if (!isOvertaken || attempt === mostAttempts) throw error;
    }
  }
}
