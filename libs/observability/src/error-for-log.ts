const deepestCause = 5;

/**
 * What a log says of an error: type, message, code, stack and causes. Other properties are left out: those of database and HTTP errors hold
 * people's data.
 */
export function errorForLog(error: unknown, depth = 0): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const causes = error instanceof AggregateError ? error.errors : error.cause === undefined ? [] : [error.cause];
  return {
    type: error.name,
    message: error.message,
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    stack: error.stack,
    ...(causes.length > 0 && depth < deepestCause ? { causes: causes.map((cause: unknown) => errorForLog(cause, depth + 1)) } : {}),
  };
}
