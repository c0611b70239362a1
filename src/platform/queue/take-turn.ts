import { sql } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { rows } from '../db/rows.ts';
import { BACKGROUND_TURN, type LaneName } from './lanes.ts';

/**
 * Start-time fair queueing: a job's turn is one after the last of its share key, yet never before the turn now being
 * served. So a small event joins at the head of the line instead of behind twenty thousand photos of another, and a
 * key that was idle has saved up no right to overtake. Background jobs stand in a line of their own behind all others.
 */
export async function takeTurn(
  db: Database,
  lane: LaneName,
  shareKey: string,
  background: boolean,
): Promise<number> {
  const line = background ? `${lane}/background` : lane;
  const key = `${line}/${shareKey}`;
  const first = background ? BACKGROUND_TURN : 0;
  // A waiting job's priority is minus its turn; live jobs are above zero and stand outside.
  const served = sql`coalesce(
    (select -max(priority) from pgboss.job where name = ${lane} and state < 'active' and not blocked
      and priority < ${-first}::int and priority > ${-first - BACKGROUND_TURN}::int),
    (select max(turn) from queue_turns where lane = ${line}),
    ${first}::int)`;
  const [taken] = await rows<{ turn: number }>(
    db,
    sql`insert into queue_turns (key, lane, turn) values (${key}, ${line}, ${served} + 1)
      on conflict (key) do update set turn = greatest(queue_turns.turn + 1, excluded.turn)
      returning turn`,
  );
  return taken?.turn ?? first + 1;
}
