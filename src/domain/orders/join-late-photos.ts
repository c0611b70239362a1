import { sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { askWebCopies } from './ask-web-copies.ts';
import { grantFollowedPhotos } from './grant-photos.ts';

/** Longer than the pause between two runs, so that nothing falls between them. */
const LOOK_BACK_MS = 2 * 3600_000;
/** People may name a runner on a photo weeks after the race. */
const FOLLOWED_MS = 90 * 24 * 3600_000;

/**
 * Brings photos into the paid orders that follow their runner or their event, without charge: those that became ready
 * lately into every order, and those that were attributed since into the orders of three months. Also asks again for web
 * sizes that were never made. Safe to run twice.
 */
export async function joinLatePhotos(ctx: Context): Promise<number> {
  const now = ctx.clock.now().getTime();
  const lately = new Date(now - LOOK_BACK_MS).toISOString();
  const followed = new Date(now - FOLLOWED_MS).toISOString();
  const ready = await grantFollowedPhotos(ctx, sql`p.ready_at > ${lately}::timestamptz`);
  const attributed = await grantFollowedPhotos(ctx, sql`o.paid_at > ${followed}::timestamptz`);
  await askWebCopies(ctx, sql`op.added_at > ${lately}::timestamptz`);
  return ready + attributed;
}
