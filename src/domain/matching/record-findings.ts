import { eq, getTableColumns } from 'drizzle-orm';
import type { Context } from '#context.ts';
import type { EventRow } from '#domain/events/event.ts';
import { events } from '#domain/events/tables.ts';
import { photos } from '#domain/photos/tables.ts';
import type { PhotoAnalysis } from '#vision/findings.ts';
import { clothingEnds } from './clothing-days.ts';
import { replaceFindings } from './replace-findings.ts';
import { replaceReads } from './replace-reads.ts';
import { weighPhoto } from './weigh-photo.ts';

/** `facesIndexed` of them stand at a recogniser outside; here is nothing of them but their number. */
export type Analysis = PhotoAnalysis & { facesIndexed?: number };

interface Recorded<Findings> {
  photoId: string;
  analysis: Pick<Analysis, 'engine'> & Findings;
  /** Weighed by itself when it is read first, because its credit hangs on that; later with all that is known around it. */
  first?: boolean;
}

/**
 * Replaces what machines say of a photo by one analysis; what people decided stays. `found` tells whether an attribution
 * is published, `more` whether the photo has a label or a face. Faces are kept only where the event's
 * gate is open at this instant. For the transaction that moves the photo; safe to run twice.
 */
export async function recordFindings(
  tx: Context,
  input: Recorded<Partial<Analysis>>,
): Promise<{ found: boolean; more: boolean }> {
  const { photoId } = input;
  const { event, receivedAt } = await findPlace(tx, photoId);
  const isOld = receivedAt < clothingEnds(tx.clock.now());
  const analysis = isOld ? undressed(input.analysis) : input.analysis;
  const more = await replaceFindings(tx, { photoId, event, analysis });
  return { found: await recordReads(tx, input), more };
}

/** Replaces a photo's reads and what machines make of them; true when a tag is published. */
export async function recordReads(
  tx: Context,
  input: Recorded<Pick<Partial<Analysis>, 'bibs' | 'dropped'>>,
): Promise<boolean> {
  const { photoId, analysis, first } = input;
  const { event } = await findPlace(tx, photoId);
  await replaceReads(tx, photoId, analysis);
  await weighPhoto(tx, { eventId: event.id, photoId, by: first ? 'itself' : 'surroundings' });
  const [shown] = await tx.db.select({ bibs: photos.bibs }).from(photos).where(eq(photos.id, photoId));
  return (shown?.bibs.length ?? 0) > 0;
}

async function findPlace(tx: Context, photoId: string): Promise<{ event: EventRow; receivedAt: Date }> {
  const [place] = await tx.db
    .select({ event: getTableColumns(events), receivedAt: photos.receivedAt })
    .from(photos)
    .innerJoin(events, eq(events.id, photos.eventId))
    .where(eq(photos.id, photoId));
  if (!place) throw new Error('findings for a photo that is not there');
  return place;
}

/** An old photo that is read again does not tell anew what people wore. */
function undressed<Findings extends Partial<Analysis>>(analysis: Findings): Findings {
  const { persons } = analysis;
  if (!persons) return analysis;
  return { ...analysis, persons: persons.map(({ clothing: _, ...person }) => person) };
}
