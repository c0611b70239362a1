import { errorText } from '#platform/error-text.ts';
import type { Log } from '#platform/log.ts';

/** Next tells of a page's error on the console, with all that hangs on it: from here on it stands in the log, in words. */
export function logPageErrors(log: Log, output: Pick<Console, 'error'> = console): void {
  output.error = (...parts: unknown[]) => log.error({ error: parts.map(errorText).join(' ') }, 'page error');
}
