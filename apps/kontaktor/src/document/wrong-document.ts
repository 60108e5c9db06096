import { ApiFailure } from '@kontaktor/api-client';
import type { PlacedProblem } from '@kontaktor/contracts';
import { Failure } from '../failure';
import type { ReadDocument } from './read-document';

/** The answer to a question about a document. @throws Failure with all that is wrong with it, in the file and at the server, by line. */
export async function rightAnswer<T>(document: ReadDocument, asked: Promise<T>): Promise<T> {
  const answer = await asked.catch((error: unknown) => {
    if (error instanceof ApiFailure && error.problems.length > 0) throw wrong(document, error);
    if (document.mistakes.length > 0) throw wrong(document);
    throw error;
  });
  if (document.mistakes.length > 0) throw wrong(document);
  return answer;
}

function wrong(document: ReadDocument, answer?: ApiFailure): Failure {
  const problems: readonly PlacedProblem[] = document.located(answer?.problems ?? []);
  if (answer !== undefined && document.mistakes.length === 0) return new Failure(answer.message, problems);
  const count = problems.length === 1 ? 'One thing is' : `${problems.length} things are`;
  return new Failure(`${count} wrong; nothing was saved.`, problems);
}

/** All that is wrong with a document, by line. @throws what is no answer to it, such as a server that is away. */
export async function problemsWith(document: ReadDocument, asked: Promise<unknown>): Promise<readonly PlacedProblem[]> {
  try {
    await rightAnswer(document, asked);
    return [];
  } catch (error) {
    if (error instanceof Failure) return error.problems;
    throw error;
  }
}
