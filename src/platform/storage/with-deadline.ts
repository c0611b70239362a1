import { storageUnavailable } from './storage-errors.ts';

/** Runs `work` and throws 'unavailable' when it fails or has not ended in time; the signal lets it stop early. */
export async function withDeadline(
  timeoutMs: number,
  what: string,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const stop = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    await Promise.race([work(stop.signal), late]);
  } catch (error) {
    throw storageUnavailable(`${what} does not answer`, error);
  } finally {
    clearTimeout(timer);
    stop.abort();
  }
}
