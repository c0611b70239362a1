import { sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { grantRunnerPhotos } from './grant-photos.ts';

/** Brings a runner's newly published photos into the all-photos orders that were paid before, without charge. */
export async function joinLatePhotos(
  ctx: Context,
  { eventId, bib }: { eventId: string; bib: string },
): Promise<number> {
  return grantRunnerPhotos(ctx, sql`l.event_id = ${eventId} and l.bib = ${bib}`);
}
