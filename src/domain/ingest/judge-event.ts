import { eq } from 'drizzle-orm';
import { type Context, inTransaction } from '#context.ts';
import { dropRefusedFaces } from '#domain/matching/drop-refused-faces.ts';
import { judgePhoto } from '#domain/matching/judge-photo.ts';
import { listConcernedPhotos } from '#domain/matching/list-concerned-photos.ts';
import { listSurePlates } from '#domain/matching/list-sure-plates.ts';
import { markBibPhotos } from '#domain/matching/mark-bib-photos.ts';
import { markPhotosToWeigh, markReadPhotos } from '#domain/matching/mark-photos-to-weigh.ts';
import { publishBibs, publishEventBibs } from '#domain/matching/publish-bibs.ts';
import { getPhotoCounts } from '#domain/photos/get-photo-counts.ts';
import { requireSystem } from '#domain/photos/require-system.ts';
import { photos } from '#domain/photos/tables.ts';
import { walkPhotos } from '#domain/photos/walk-photos.ts';
import { learnStyle } from '#vision/bibs/event-style.ts';
import type { BibOptions } from '#vision/findings.ts';
import { bibOptions } from './analyse-original.ts';

interface JudgeEventInput {
  eventId: string;
  why: 'photos' | 'list';
  /** What changed of the list; absent when it may be all of it. */
  bibs?: readonly string[] | undefined;
}

/** A list of another length makes each of its bibs a little more or less probable: past this share of it that counts. */
const MOST_CHANGED = 0.05;

/**
 * Judges the stored reads of an event's ready photos by its start list and by what its sure bibs look like, without opening
 * a photo; gives how many changed. `why` 'photos' is the call after new ones: it leaves the work to the last of them, and
 * does nothing while too few bibs are sure. 'list' looks at the photos that the changed bibs may concern, and has them weighed
 * again: the list itself is evidence. People's decisions and credits stay. Safe to run twice.
 */
export async function judgeEvent(ctx: Context, input: JudgeEventInput): Promise<number> {
  requireSystem(ctx);
  const { eventId, why, bibs } = input;
  const options = await judgingOptions(ctx, eventId);
  if (why === 'photos' && (!options.style || (await areUnderWay(ctx, eventId)))) return 0;
  const few = bibs && bibs.length <= MOST_CHANGED * (options.startList?.length ?? 0) ? bibs : null;
  if (few) return judgeConcerned(ctx, { eventId, options, bibs: few });
  const changed = await judgeAll(ctx, walkPhotos(ctx, eventId, eq(photos.state, 'ready')), options);
  if (why === 'list') {
    await inTransaction(ctx, async (tx) => {
      // Of a photo without a read too, a tag may be one that its runner refuses now.
      await publishEventBibs(tx, eventId);
      await dropRefusedFaces(tx, { eventId });
      // Last: who weighs holds the photos before their marks too, and the job is not due before they are seen.
      await markReadPhotos(tx, { eventId });
    });
  }
  return changed;
}

async function judgeConcerned(
  ctx: Context,
  input: { eventId: string; options: BibOptions; bibs: readonly string[] },
): Promise<number> {
  const { eventId, bibs, options } = input;
  const { named, unsure } = await listConcernedPhotos(ctx, { eventId, bibs });
  const changed = await judgeAll(ctx, [...named, ...unsure], options);
  await inTransaction(ctx, async (tx) => {
    // Runners may have changed race.
    await publishBibs(tx, named);
    await dropRefusedFaces(tx, { eventId });
    await markPhotosToWeigh(tx, { eventId, photoIds: named });
    await markBibPhotos(tx, { eventId, bibs });
  });
  return changed;
}

async function judgeAll(
  ctx: Context,
  photoIds: AsyncIterable<string> | Iterable<string>,
  options: BibOptions,
): Promise<number> {
  let changed = 0;
  for await (const photoId of photoIds) {
    if (await inTransaction(ctx, (tx) => judgePhoto(tx, { photoId, options }))) changed += 1;
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
