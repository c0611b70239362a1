import { eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { requireOwnEvent } from '#domain/events/require-own-event.ts';
import { races } from '#domain/events/tables.ts';
import type { Analysis } from '#domain/matching/record-findings.ts';
import type { ProcessedPhoto } from '#domain/photos/find-photo-for-processing.ts';
import { listBibs } from '#domain/timing/list-bibs.ts';
import { DomainError } from '#platform/errors.ts';
import type { AnalyseOptions, BibOptions } from '#vision/findings.ts';
import { fileFaults, PhotoFailure } from '#vision/findings.ts';
import type { FailureReason } from './fail-photo.ts';
import { readElsewhere } from './read-elsewhere.ts';
import { readingParts } from './reading-parts.ts';
import { isAway, type Provider } from './wait-for-provider.ts';

export type OriginalAnalysis =
  | { outcome: 'analysed'; analysis: Analysis }
  /** The file's own fault: no further attempt will help. */
  | { outcome: 'unreadable'; reason: FailureReason }
  /** Try later, as often as it takes. */
  | { outcome: 'away'; provider: Provider };

/** Everything the photo's event asks the engine, and its files besides, from one decode of its original. */
export async function readOriginal(
  ctx: Context,
  photo: ProcessedPhoto,
  files: Pick<AnalyseOptions, 'renditions'>,
): Promise<OriginalAnalysis> {
  const event = await requireOwnEvent(ctx, { eventId: photo.eventId });
  const { processingMode } = photo;
  const parts = readingParts({ event, processingMode, config: ctx.config, now: ctx.clock.now() });
  const bibs = await bibOptions(ctx, photo.eventId);
  const options = { ...files, ...parts, bibs };
  const analyse = (wanted: AnalyseOptions) => analyseOriginal(ctx, photo, wanted);
  if (ctx.recognition) return readElsewhere(ctx, ctx.recognition, { photo, options, analyse });
  return analyse(options);
}

/** Hands a photo's original to the engine. Throws when the engine itself failed, with its reason first in the message. */
export async function analyseOriginal(
  ctx: Context,
  photo: Pick<ProcessedPhoto, 'originalKey'>,
  options: AnalyseOptions,
): Promise<OriginalAnalysis> {
  if (!ctx.engine) throw new DomainError('unavailable', { public: { key: 'ingest.noEngine' } });
  const bytes = await ctx.storage.get(photo.originalKey).catch((error: unknown) => {
    if (isAway(error)) return null;
    throw error;
  });
  if (!bytes) return { outcome: 'away', provider: 'storage' };
  try {
    return { outcome: 'analysed', analysis: await ctx.engine.analysePhoto(bytes, options) };
  } catch (error) {
    if (!(error instanceof PhotoFailure)) throw error;
    if (fileFaults.has(error.reason)) return { outcome: 'unreadable', reason: error.reason };
    throw new PhotoFailure(error.reason, `${error.reason}: ${error.message}`, { cause: error });
  }
}

/** What an event's start list, or without one its bib ranges, tell of the bibs to be expected. */
export async function bibOptions(ctx: Context, eventId: string): Promise<BibOptions> {
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
