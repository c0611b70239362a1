import { sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { grantRunnerPhotos } from './grant-photos.ts';

/** Longer than the pause between two sweeps, so that none falls between them. */
const LOOK_BACK_MS = 2 * 3600_000;

/** Joins the photos that became ready lately to the all-photos orders of their runners. */
export async function sweepLatePhotos(ctx: Context): Promise<number> {
  const since = new Date(ctx.clock.now().getTime() - LOOK_BACK_MS).toISOString();
  return grantRunnerPhotos(ctx, sql`p.ready_at > ${since}::timestamptz`);
}
