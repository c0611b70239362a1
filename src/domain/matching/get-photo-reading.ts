import { desc, eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { requireOwnEvent } from '#domain/events/require-own-event.ts';
import { getOwnPhoto } from '#domain/photos/get-own-photo.ts';
import type { OwnPhoto } from '#domain/photos/photo.ts';
import type { Evidence } from '#domain/weighing/scene.ts';
import type { VisibleSide } from '#vision/findings.ts';
import { readPhotoMarks } from './photo-marks.ts';
import { attributions, type BoxNorm, bibReads } from './tables.ts';

export interface PhotoReading {
  photo: OwnPhoto;
  /** A tag at or above it is published. */
  publishThreshold: number;
  /** Everything that was seen, kept or dropped, the most confident first. */
  reads: {
    bib: string;
    text: string;
    confidence: number;
    box: BoxNorm;
    tiltDegrees: number;
    kind: 'sure' | 'guess' | 'dropped';
    reason: string | null;
    /** Which digits of a number that goes on out of sight. */
    partial: VisibleSide | null;
    alternatives: { bib: string; probability: number }[];
  }[];
  tags: {
    bib: string;
    probability: number;
    published: boolean;
    decision: 'confirmed' | 'rejected' | null;
    evidence: Evidence[];
  }[];
  /** Of what people decided, to be sent back with a decision. */
  mark: string;
}

/** What the engine saw on a photo of the actor's own event, and why each tag stands or not. */
export async function getPhotoReading(ctx: Context, input: { photoId: string }): Promise<PhotoReading> {
  const photo = await getOwnPhoto(ctx, input);
  const { publishThreshold } = await requireOwnEvent(ctx, { eventId: photo.eventId });
  const reads = await ctx.db
    .select()
    .from(bibReads)
    .where(eq(bibReads.photoId, photo.id))
    .orderBy(desc(bibReads.confidence));
  const tags = await ctx.db
    .select()
    .from(attributions)
    .where(eq(attributions.photoId, photo.id))
    .orderBy(desc(attributions.probability));
  const marks = await readPhotoMarks(ctx, [photo.id]);
  return {
    photo,
    publishThreshold,
    mark: marks[photo.id] ?? '',
    reads: reads.map(({ bib, text, confidence, box, tiltDegrees, kind, reason, partial, alternatives }) => {
      const read = { bib, text, confidence, box, tiltDegrees, kind, reason, partial };
      return { ...read, alternatives: alternatives ?? [] };
    }),
    tags: tags.map(({ bib, probability, decision, evidence }) => {
      const published = decision === 'confirmed' || (decision === null && probability >= publishThreshold);
      return { bib, probability, published, decision, evidence };
    }),
  };
}
