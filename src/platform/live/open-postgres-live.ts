import { Client } from 'pg';
import { DomainError } from '../errors.ts';
import type { Log } from '../log.ts';
import { newListeners } from './listeners.ts';
import type { Channel, Live, LiveMessage } from './live.ts';

const NOTICES = 'focus_racer_live';
/** PostgreSQL refuses a payload of 8000 bytes or more. */
const MOST_BYTES = 7900;
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 10_000;
const PROBE_EVERY_MS = 15_000;
const PROBE_TIMEOUT_MS = 5000;

export interface PostgresLiveOptions {
  connectionString: string;
  /** Sends a notice over the pool: `select pg_notify($1, $2)`. */
  notify(channel: string, payload: string): Promise<void>;
  log: Log;
}

/**
 * Notices across processes by LISTEN/NOTIFY, on a connection of its own that comes back after a loss.
 * What was told during the loss is not heard.
 */
export async function openPostgresLive(options: PostgresLiveOptions): Promise<Live> {
  const listeners = newListeners();
  const connection = keepListening(options, (payload) => {
    const notice = parseNotice(payload, options.log);
    if (notice) listeners.tell(notice.channel, notice.message);
  });
  try {
    await connection.ready;
  } catch (error) {
    await connection.close();
    throw error;
  }

  return {
    async publish(channel, message) {
      const payload = JSON.stringify({ channel, message });
      if (Buffer.byteLength(payload) > MOST_BYTES) {
        throw new DomainError('too-large', {
          public: { key: 'platform.tooLarge' },
          internal: `live notice of ${Buffer.byteLength(payload)} bytes`,
        });
      }
      await options.notify(NOTICES, payload);
    },
    subscribe: listeners.add,
    listenerCount: listeners.count,
    async close() {
      listeners.clear();
      await connection.close();
    },
  };
}

function keepListening(options: PostgresLiveOptions, hear: (payload: string) => void) {
  let client: Client | null = null;
  let closed = false;
  let waitMs = FIRST_WAIT_MS;
  let timer: NodeJS.Timeout | undefined;

  const lose = (lost: Client, reason: string) => {
    if (client !== lost || closed) return;
    client = null;
    clearTimeout(timer);
    lost.end().catch(() => {});
    options.log.warn({ reason, waitMs }, 'live notices lost their connection');
    timer = setTimeout(() => void retry(), waitMs);
    waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
  };

  const connect = async () => {
    const next = new Client({
      connectionString: options.connectionString,
      application_name: 'focus-racer-live',
      connectionTimeoutMillis: 5000,
      query_timeout: PROBE_TIMEOUT_MS,
      keepAlive: true,
    });
    client = next;
    next.on('error', (error) => lose(next, error.message));
    next.on('end', () => lose(next, 'ended'));
    next.on('notification', (notice) => hear(notice.payload ?? ''));
    await next.connect();
    await next.query(`listen ${NOTICES}`);
    waitMs = FIRST_WAIT_MS;
    probeLater(next);
  };

  /** A connection that died without a word is only noticed by asking. */
  const probeLater = (own: Client) => {
    timer = setTimeout(() => {
      own.query('select 1').then(
        () => client === own && !closed && probeLater(own),
        (error: Error) => lose(own, error.message),
      );
    }, PROBE_EVERY_MS);
    timer.unref();
  };

  const retry = async () => {
    try {
      await connect();
    } catch (error) {
      if (client) lose(client, error instanceof Error ? error.message : 'unknown');
    }
  };

  return {
    ready: connect(),
    async close() {
      closed = true;
      clearTimeout(timer);
      await client?.end().catch(() => {});
    },
  };
}

/** Only our own processes may NOTIFY in our database: the type is trusted, the form is not. */
function parseNotice(payload: string, log: Log): { channel: Channel; message: LiveMessage } | null {
  try {
    return JSON.parse(payload);
  } catch (error) {
    log.warn({ bytes: payload.length, error: String(error) }, 'live notice is not ours');
    return null;
  }
}
