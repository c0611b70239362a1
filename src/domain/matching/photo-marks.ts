import { and, asc, eq, inArray, isNotNull } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { holdPhotos } from '#domain/photos/hold-photos.ts';
import { photos } from '#domain/photos/tables.ts';
import { attributions, settledPhotos } from './tables.ts';

/**
 * By photo, a text that changes whenever a person decides something of it: a page that sends it back learns whether
 * somebody else was there in the meantime. Photos of which nobody said anything have the empty text.
 */
export async function readPhotoMarks(
  ctx: Context,
  photoIds: readonly string[],
): Promise<Record<string, string>> {
  const marks: Record<string, string> = Object.fromEntries(photoIds.map((id) => [id, '']));
  if (photoIds.length === 0) return marks;
  const decided = await ctx.db
    .select({ photoId: attributions.photoId, bib: attributions.bib, decision: attributions.decision })
    .from(attributions)
    .where(and(inArray(attributions.photoId, [...photoIds]), isNotNull(attributions.decision)))
    .orderBy(asc(attributions.bib));
  for (const { photoId, bib, decision } of decided) {
    marks[photoId] += `${decision === 'confirmed' ? '+' : '-'}${bib} `;
  }
  const settled = await ctx.db
    .select({ photoId: settledPhotos.photoId })
    .from(settledPhotos)
    .where(inArray(settledPhotos.photoId, [...photoIds]));
  for (const { photoId } of settled) marks[photoId] += 'settled';
  return marks;
}

/** Holds these photos of an event until the transaction ends: a reading or another act comes before or after. Gives those
 *  that are there. */
export async function lockPhotos(
  tx: Context,
  input: { eventId: string; photoIds: readonly string[] },
): Promise<string[]> {
  return holdPhotos(tx, and(eq(photos.eventId, input.eventId), inArray(photos.id, [...input.photoIds])));
}
