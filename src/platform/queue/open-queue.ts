import { randomUUID } from 'node:crypto';
import { SQL, sql } from 'drizzle-orm';
import { fromDrizzle, type PgBoss } from 'pg-boss';
import type { Database } from '../db/database.ts';
import { rows } from '../db/rows.ts';
import { isUniqueViolation } from '../db/sql-errors.ts';
import { withTimeLimit } from '../db/time-limit.ts';
import { readReason } from './failure-reason.ts';
import { type AnyJob, byName, LIVE_PRIORITY, laneOf } from './lanes.ts';
import type { DeadJob, EnqueueOptions, Queue, QueueCounts } from './queue.ts';
import { takeTurn } from './take-turn.ts';
import { WAKE_CHANNEL } from './wake.ts';

/** The queue as actions and the admin's page see it. */
export function openQueue<Ctx>(options: {
  boss: PgBoss;
  db: Database;
  definitions: readonly AnyJob<Ctx>[];
}): Queue {
  const { boss, db } = options;
  const known = byName(options.definitions);
  return {
    enqueue: (tx, name, data, wish = {}) => {
      const definition = known.get(name);
      if (!definition) throw new Error(`no job is called ${name}`);
      return enqueue(boss, tx, definition, data, wish);
    },
    counts: () => countJobs(db),
    oldestWaitingSeconds: () => measureWait(db),
    listDead: (page) => listDead(db, page),
    retryDead: (id) => retryDead(db, id),
    dropDead: async (id) => {
      const dropped = await rows(
        db,
        sql`delete from pgboss.job where id = ${id} and state = 'failed' and name <> 'dead' returning id`,
      );
      return dropped.length > 0;
    },
    ping: (timeoutMs) => withTimeLimit(db.execute(sql`select 1 from pgboss.queue limit 1`), timeoutMs),
  };
}

/** pg-boss types its query as unknown; it is always made by the `sql` tag handed to fromDrizzle. */
async function asRows(db: Database, query: unknown): Promise<{ rows: object[] }> {
  if (!(query instanceof SQL)) throw new Error('not a query');
  return { rows: await rows<object>(db, query) };
}

async function enqueue<Ctx>(
  boss: PgBoss,
  db: Database,
  definition: AnyJob<Ctx>,
  data: object,
  wish: EnqueueOptions,
): Promise<void> {
  const lane = laneOf(definition);
  definition.parse(data);
  const turn =
    wish.live || !wish.shareKey ? 0 : await takeTurn(db, lane, wish.shareKey, wish.background === true);
  const id = randomUUID();
  await boss.send(lane, data, {
    ...jobOptions(definition),
    db: fromDrizzle({ execute: (query) => asRows(db, query) }, sql),
    id,
    priority: wish.live ? LIVE_PRIORITY : -turn,
    singletonKey: wish.singletonKey ? `${definition.name}/${wish.singletonKey}` : id,
    startAfter: wish.runAfterSeconds ?? 0,
  });
  await db.execute(sql`select pg_notify(${WAKE_CHANNEL}, ${lane})`);
}

/** How pg-boss treats a job of this kind. Its group is its name. */
export function jobOptions<Ctx>(definition: AnyJob<Ctx>) {
  return {
    group: { id: definition.name },
    retryLimit: definition.maxAttempts - 1,
    retryDelay: definition.backoffSeconds,
    retryBackoff: true,
    // The worker itself gives up at the limit; this is for a worker that hangs and still beats.
    expireInSeconds: definition.timeLimitSeconds + 60,
  };
}

function countJobs(db: Database): Promise<QueueCounts[]> {
  return rows<QueueCounts & Record<string, unknown>>(
    db,
    sql`select group_id as name,
        (count(*) filter (where state = 'created'))::int as waiting,
        (count(*) filter (where state = 'active'))::int as active,
        (count(*) filter (where state = 'retry'))::int as retrying,
        (count(*) filter (where state = 'failed'))::int as dead
      from pgboss.job where name in ('heavy', 'light') and group_id is not null
      group by group_id order by group_id`,
  );
}

async function measureWait(db: Database): Promise<number> {
  const [oldest] = await rows<{ seconds: number }>(
    db,
    sql`select coalesce(extract(epoch from pgboss.job_now() - min(greatest(created_on, start_after))), 0)::float8 as seconds
      from pgboss.job where name in ('heavy', 'light') and state in ('created', 'retry')
        and start_after <= pgboss.job_now()`,
  );
  return Math.max(0, oldest?.seconds ?? 0);
}

interface DeadRow {
  id: string;
  name: string;
  failedAt: string | Date;
  output: unknown;
  data: unknown;
}

async function listDead(db: Database, page: { limit: number; after?: string }): Promise<DeadJob[]> {
  const after = page.after
    ? sql`and (completed_on, id) < (select completed_on, id from pgboss.job where id = ${page.after})`
    : sql``;
  const found = await rows<DeadRow>(
    db,
    sql`select id, group_id as name, completed_on as "failedAt", output, data from pgboss.job
      where name in ('heavy', 'light') and state = 'failed' ${after}
      order by completed_on desc, id desc limit ${page.limit}`,
  );
  return found.map(({ id, name, failedAt, output, data }) => ({
    id,
    name,
    failedAt: new Date(failedAt),
    reason: readReason(output),
    data,
  }));
}

async function retryDead(db: Database, id: string): Promise<boolean> {
  try {
    const revived = await rows<{ name: string }>(
      db,
      sql`update pgboss.job set state = 'created', retry_count = 0, started_on = null, completed_on = null,
          output = null, start_after = pgboss.job_now()
        where id = ${id} and state = 'failed' and name <> 'dead' returning name`,
    );
    for (const { name } of revived) await db.execute(sql`select pg_notify(${WAKE_CHANNEL}, ${name})`);
    return revived.length > 0;
  } catch (error) {
    // Another job with its singleton key waits or runs already.
    if (isUniqueViolation(error)) return false;
    throw error;
  }
}
