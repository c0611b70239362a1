import { withTimeLimit } from '../db/time-limit.ts';
import { errorText } from '../error-text.ts';
import type { Log } from '../log.ts';
import type { Queue, QueueCounts } from '../queue/queue.ts';

interface QueueState {
  counts: QueueCounts[];
  oldestWaitingSeconds: number;
}

/** However many scrape, the store is asked at most once in this time. */
const REMEMBERED_MS = 5000;
const TIMEOUT_MS = 2000;

/** The queue for a scrape; null when the store does not answer in time: what this process knows by itself is still told. */
export function createQueueReader(
  queue: Pick<Queue, 'counts' | 'oldestWaitingSeconds'>,
  log: Log,
): () => Promise<QueueState | null> {
  let known: { at: number; state: Promise<QueueState | null> } | null = null;
  return () => {
    if (!known || performance.now() - known.at > REMEMBERED_MS) {
      known = { at: performance.now(), state: readInTime(queue, log) };
    }
    return known.state;
  };
}

async function readInTime(
  queue: Pick<Queue, 'counts' | 'oldestWaitingSeconds'>,
  log: Log,
): Promise<QueueState | null> {
  try {
    const reading = Promise.all([queue.counts(), queue.oldestWaitingSeconds()]);
    await withTimeLimit(reading, TIMEOUT_MS);
    const [counts, oldestWaitingSeconds] = await reading;
    return { counts, oldestWaitingSeconds };
  } catch (error) {
    log.warn({ error: errorText(error) }, 'the queue could not be counted');
    return null;
  }
}
