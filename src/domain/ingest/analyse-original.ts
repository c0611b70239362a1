import { eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { races } from '#domain/events/tables.ts';
import type { ProcessedPhoto } from '#domain/photos/find-photo-for-processing.ts';
import { listBibs } from '#domain/timing/list-bibs.ts';
import { DomainError } from '#platform/errors.ts';
import type { AnalyseOptions, BibOptions, PhotoAnalysis, PhotoFailureReason } from '#vision/findings.ts';
import { fileFaults, PhotoFailure } from '#vision/findings.ts';
import { isStorageAway } from './wait-for-storage.ts';

export type OriginalAnalysis =
  | { outcome: 'analysed'; analysis: PhotoAnalysis }
  /** The file's own fault: no further attempt will help. */
  | { outcome: 'unreadable'; reason: PhotoFailureReason }
  /** The storage does not answer: try later, as often as it takes. */
  | { outcome: 'storage-away' };

/** Reads a photo's original with the engine. Throws when the engine itself failed, with its reason first in the message. */
export async function analyseOriginal(
  ctx: Context,
  photo: ProcessedPhoto,
  parts: Omit<AnalyseOptions, 'bibs'>,
): Promise<OriginalAnalysis> {
  if (!ctx.engine) throw new DomainError('unavailable', { public: { key: 'ingest.noEngine' } });
  const bytes = await ctx.storage.get(photo.originalKey).catch((error: unknown) => {
    if (isStorageAway(error)) return null;
    throw error;
  });
  if (!bytes) return { outcome: 'storage-away' };
  const bibs = await bibOptions(ctx, photo.eventId);
  try {
    return { outcome: 'analysed', analysis: await ctx.engine.analysePhoto(bytes, { ...parts, bibs }) };
  } catch (error) {
    if (!(error instanceof PhotoFailure)) throw error;
    if (fileFaults.has(error.reason)) return { outcome: 'unreadable', reason: error.reason };
    throw new PhotoFailure(error.reason, `${error.reason}: ${error.message}`, { cause: error });
  }
}

async function bibOptions(ctx: Context, eventId: string): Promise<BibOptions> {
  const startList = await listBibs(ctx, { eventId });
  if (startList.length > 0) return { startList };
  const found = await ctx.db
    .select({ bibRanges: races.bibRanges })
    .from(races)
    .where(eq(races.eventId, eventId));
  const bibRanges = found
    .flatMap((race) => race.bibRanges)
    .filter((range) => range.prefix === '')
    .map((range) => ({ from: range.first, to: range.last }));
  return bibRanges.length > 0 ? { bibRanges } : {};
}
