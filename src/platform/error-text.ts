const MOST_CAUSES = 5;

/** An error with its stack and causes, as a log may keep it: without the parameters of a query, which are people's data. */
export function errorText(error: unknown): string {
  const told: string[] = [];
  let current: unknown = error;
  while (told.length <= MOST_CAUSES && current !== undefined && current !== null) {
    told.push(
      withoutParameters(current instanceof Error ? (current.stack ?? current.message) : String(current)),
    );
    current = current instanceof Error ? current.cause : undefined;
  }
  return told.join('\ncaused by ');
}

/** Drizzle ends its message with the parameters, over as many lines as they have; then comes the stack. */
function withoutParameters(text: string): string {
  const start = text.indexOf('\nparams: ');
  if (start === -1) return text;
  const stack = text
    .slice(start)
    .split('\n')
    .filter((line) => /^ {4}at \S/.test(line));
  return [text.slice(0, start), ...stack].join('\n');
}
