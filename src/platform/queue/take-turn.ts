import { sql } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { rows } from '../db/rows.ts';
import type { LaneName } from './lanes.ts';

/**
 * Start-time fair queueing: a job's turn is one after the last of its share key, yet never before the turn now being
 * served. So a small event joins at the head of the line instead of behind twenty thousand photos of another, and a
 * key that was idle has saved up no right to overtake.
 */
export async function takeTurn(db: Database, lane: LaneName, shareKey: string): Promise<number> {
  const key = `${lane}/${shareKey}`;
  // A waiting job's priority is minus its turn; live jobs are above zero and stand outside.
  const served = sql`coalesce(
    (select -max(priority) from pgboss.job where name = ${lane} and state < 'active' and not blocked and priority < 0),
    (select max(turn) from queue_turns where lane = ${lane}),
    0)`;
  const [taken] = await rows<{ turn: number }>(
    db,
    sql`insert into queue_turns (key, lane, turn) values (${key}, ${lane}, ${served} + 1)
      on conflict (key) do update set turn = greatest(queue_turns.turn + 1, excluded.turn)
      returning turn`,
  );
  return taken?.turn ?? 1;
}
