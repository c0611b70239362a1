import { sql } from 'drizzle-orm';
import { Client } from 'pg';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { newMemoryLog } from '../../../tests/doubles/memory-log.ts';
import { availableDatabases, createOwnDatabase } from '../../../tests/doubles/test-database.ts';
import { openPostgres } from '../db/postgres.ts';
import type { Live, LiveMessage } from './live.ts';
import { openLocalLive } from './open-local-live.ts';
import { openPostgresLive } from './open-postgres-live.ts';

const message: LiveMessage = { type: 'photo-ready', data: { photoId: 'a', bibs: 2, sure: true, tone: null } };
const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** Two processes that hear each other; the same object twice where there is only one process. */
interface Pair {
  here: Live;
  there: Live;
  connectionString: string;
}

async function openPair(kind: 'pglite' | 'postgres'): Promise<Pair> {
  if (kind === 'pglite') {
    const live = openLocalLive();
    closers.push(() => live.close());
    return { here: live, there: live, connectionString: '' };
  }
  const { connectionString, drop } = await createOwnDatabase();
  const database = openPostgres({ connectionString, poolSize: 2, onError: () => {} });
  const notify = async (channel: string, payload: string) => {
    await database.db.execute(sql`select pg_notify(${channel}, ${payload})`);
  };
  const open = () => openPostgresLive({ connectionString, notify, log: newMemoryLog() });
  const [here, there] = await Promise.all([open(), open()]);
  closers.push(
    drop,
    () => database.close(),
    () => here.close(),
    () => there.close(),
  );
  return { here, there, connectionString };
}

describe.each(availableDatabases)('live notices beside %s', (kind) => {
  it('reach every listener of the channel, in the other process too, and none of another', async () => {
    const { here, there } = await openPair(kind);
    const heard: string[] = [];
    here.subscribe('event/1', (notice) => heard.push(`here ${notice.type}`));
    there.subscribe('event/1', (notice) => heard.push(`there ${notice.data.bibs}`));
    there.subscribe('event/2', () => heard.push('other event'));
    there.subscribe('gallery/1', () => heard.push('public'));
    await here.publish('event/1', message);
    await vi.waitUntil(() => heard.length === 2);
    expect(heard.sort()).toEqual(['here photo-ready', 'there 2']);
  });

  it('stop when the listener stops, once, and the count returns to 0', async () => {
    const { here } = await openPair(kind);
    const heard: LiveMessage[] = [];
    const listener = (notice: LiveMessage) => heard.push(notice);
    const stop = here.subscribe('event/1', listener);
    const stopOther = here.subscribe('event/1', listener);
    expect(here.listenerCount()).toBe(2);
    stop();
    stop();
    await here.publish('event/1', message);
    await vi.waitUntil(() => heard.length > 0);
    expect(heard).toEqual([message]);
    stopOther();
    expect(here.listenerCount()).toBe(0);
  });

  it('end for all on close', async () => {
    const { here } = await openPair(kind);
    const stop = here.subscribe('event/1', () => {});
    await here.close();
    stop();
    expect(here.listenerCount()).toBe(0);
  });
});

describe.runIf(availableDatabases.includes('postgres'))('live notices across processes', () => {
  it('come again after the connection was cut', async () => {
    const { here, there, connectionString } = await openPair('postgres');
    const admin = new Client({ connectionString });
    await admin.connect();
    closers.push(() => admin.end());
    const heard: LiveMessage[] = [];
    there.subscribe('event/1', (notice) => heard.push(notice));
    await admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'focus-racer-live' and datname = current_database()`,
    );
    await vi.waitUntil(
      async () => {
        await here.publish('event/1', message);
        return heard.length > 0;
      },
      { timeout: 10_000, interval: 200 },
    );
    expect(heard[0]).toEqual(message);
  });

  it('that are too large are refused before PostgreSQL refuses them', async () => {
    const { here } = await openPair('postgres');
    const large = { type: 'progress', data: { text: 'é'.repeat(4000) } };
    await expect(here.publish('event/1', large)).rejects.toMatchObject({ code: 'too-large' });
  });
});
