import { Client } from 'pg';
import type { Log } from '../log.ts';
import type { QueueDatabase } from './open-store.ts';

/** Told at the commit of every enqueue; the payload is the lane. */
export const WAKE_CHANNEL = 'focus_racer_queue';
const LONGEST_WAIT_MS = 10_000;

/** Calls `wake` when jobs were added. Lossy while the connection is away: the worker also looks by itself. Returns the way to stop. */
export async function listenForJobs(
  database: QueueDatabase,
  log: Log,
  wake: (lane: string) => void,
): Promise<() => Promise<void>> {
  if (database.kind === 'pglite') return database.client.listen(WAKE_CHANNEL, wake);
  return listenOnPostgres(database.connectionString, log, wake);
}

function listenOnPostgres(connectionString: string, log: Log, wake: (lane: string) => void) {
  let client: Client | null = null;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let waitMs = 250;

  const connect = () => {
    const next = new Client({
      connectionString,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      application_name: 'focus-racer-queue',
    });
    client = next;
    const lost = (reason: string) => {
      if (client !== next || closed) return;
      client = null;
      log.warn({ reason, waitMs }, 'the queue lost its notices');
      next.end().catch(() => undefined);
      timer = setTimeout(connect, waitMs);
      waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
    };
    next.on('error', (error) => lost(error.message));
    next.on('end', () => lost('ended'));
    next.on('notification', ({ payload }) => wake(payload ?? ''));
    next
      .connect()
      .then(() => next.query(`listen ${WAKE_CHANNEL}`))
      .then(() => {
        waitMs = 250;
        wake('heavy');
        wake('light');
      })
      .catch((error: Error) => lost(error.message));
  };

  connect();
  return async () => {
    closed = true;
    clearTimeout(timer);
    await client?.end().catch(() => undefined);
  };
}
