const LONGEST = 300;

/** What may be kept of an error: a query's parameters are people's data, so of a database error only the cause is. */
export function reasonOf(error: unknown): string {
  let shown: unknown = error;
  for (let depth = 0; depth < 5 && isQueryError(shown); depth += 1) shown = shown.cause;
  const message = shown instanceof Error ? shown.message : 'an error of unknown form';
  return message.slice(0, LONGEST);
}

function isQueryError(error: unknown): error is Error {
  return error instanceof Error && error.cause !== undefined && error.message.startsWith('Failed query');
}

/** The message in what pg-boss stored: our own `{message}`, or its `{value: {message}}`. */
export function readReason(output: unknown): string {
  if (typeof output === 'object' && output !== null) {
    if ('message' in output && typeof output.message === 'string') return output.message;
    if ('value' in output) return readReason(output.value);
  }
  return 'unknown';
}
