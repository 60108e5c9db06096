const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** Deadlock or serialisation failure: the same transaction may well succeed when repeated. */
export const isSerializationFailure = (error: unknown): boolean => ['40P01', '40001'].includes(codeOf(error));

const networkCodes = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];
/** Connection lost; shutting down or starting; out of connections, memory or disk; trouble with a file; a standby after a switch-over. */
const unavailableStates = /^(08...|57P0[123]|53...|58030|25006)$/;

/** Of pg, and of TypeORM when the connection broke between two statements of a transaction. */
const unavailableMessages =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Query runner already released/;

/** The database is away, starting, stopping or full: wait and try again, the message is not to blame. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isDatabaseUnavailable);
  const code = codeOf(error);
  if (networkCodes.includes(code) || unavailableStates.test(code)) return true;
  return error instanceof Error && unavailableMessages.test(error.message);
}
