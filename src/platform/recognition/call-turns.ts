// The generic cell rate algorithm without bursts: calls of one operation stand in a row in the database, each a fixed
// step after the last. The database's own clock counts, so processes on machines with other clocks share one limit.
import { sql } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { rows } from '../db/rows.ts';

export interface CallTurns {
  /** Milliseconds to wait before the call, or null when the line is longer than `mostWaitMs`. */
  take(operation: string, mostWaitMs: number): Promise<number | null>;
  /** Nobody's next call of the operation leaves before this time is over. */
  pause(operation: string, forMs: number): Promise<void>;
}

/** For the pool and not a transaction: the row is held no longer than its own statement. */
export function openCallTurns(db: Database, callsPerSecond: number): CallTurns {
  const milliseconds = (ms: number) => sql`make_interval(secs => ${ms / 1000}::float8)`;
  const step = milliseconds(1000 / callsPerSecond);
  return {
    take: async (operation, mostWaitMs) => {
      const [turn] = await rows<{ waitMs: number }>(
        db,
        sql`insert into recognition_turns (operation, free_at)
          values (${operation}, clock_timestamp() + ${step})
          on conflict (operation) do update
            set free_at = greatest(recognition_turns.free_at, clock_timestamp()) + ${step}
            where recognition_turns.free_at <= clock_timestamp() + ${milliseconds(mostWaitMs)}
          returning (extract(epoch from (free_at - ${step} - clock_timestamp())) * 1000)::float8 as "waitMs"`,
      );
      return turn ? Math.max(0, Math.ceil(turn.waitMs)) : null;
    },
    pause: async (operation, forMs) => {
      await db.execute(sql`
        insert into recognition_turns (operation, free_at)
          values (${operation}, clock_timestamp() + ${milliseconds(forMs)})
          on conflict (operation) do update
            set free_at = greatest(recognition_turns.free_at, excluded.free_at)`);
    },
  };
}
