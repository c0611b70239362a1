import { eq } from 'drizzle-orm';
import { type Context, inTransaction } from '#context.ts';
import { judgePhoto } from '#domain/matching/judge-photo.ts';
import { listSurePlates } from '#domain/matching/list-sure-plates.ts';
import { getPhotoCounts } from '#domain/photos/get-photo-counts.ts';
import { requireSystem } from '#domain/photos/require-system.ts';
import { photos } from '#domain/photos/tables.ts';
import { walkPhotos } from '#domain/photos/walk-photos.ts';
import { learnStyle } from '#vision/bibs/event-style.ts';
import type { BibOptions } from '#vision/findings.ts';
import { bibOptions } from './analyse-original.ts';

/**
 * Judges the stored reads of an event's ready photos by its start list and by what its sure bibs look like, without opening
 * a photo; gives how many changed. `why` 'photos' is the call after new ones: it leaves the work to the last of them, and
 * does nothing while too few bibs are sure. People's decisions and credits stay. Safe to run twice.
 */
export async function judgeEvent(
  ctx: Context,
  input: { eventId: string; why: 'photos' | 'list' },
): Promise<number> {
  requireSystem(ctx);
  const { eventId, why } = input;
  const options = await judgingOptions(ctx, eventId);
  if (why === 'photos' && (!options.style || (await areUnderWay(ctx, eventId)))) return 0;
  let changed = 0;
  for await (const photoId of walkPhotos(ctx, eventId, eq(photos.state, 'ready'))) {
    const input = { photoId, options, evenIfSame: why === 'list' };
    if (await inTransaction(ctx, (tx) => judgePhoto(tx, input))) changed += 1;
  }
  return changed;
}

async function judgingOptions(ctx: Context, eventId: string): Promise<BibOptions> {
  const style = learnStyle(await listSurePlates(ctx, { eventId }));
  return { ...(await bibOptions(ctx, eventId)), ...(style && { style }) };
}

async function areUnderWay(ctx: Context, eventId: string): Promise<boolean> {
  const { received, prepared } = await getPhotoCounts(ctx, { eventId });
  return received + prepared > 0;
}
