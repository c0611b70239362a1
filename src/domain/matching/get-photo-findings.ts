import { count, desc, eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { getOwnPhoto } from '#domain/photos/get-own-photo.ts';
import type { LabelName, Quality, SmartCrops } from '#vision/findings.ts';
import { photoFaces, photoFindings, photoLabels } from './tables.ts';

export interface PhotoFindings {
  quality: Quality | null;
  crops: SmartCrops | null;
  /** Null when nobody was looked for. */
  personCount: number | null;
  faceCount: number;
  /** The surest first; null when they were not asked for. */
  labels: { name: LabelName; confidence: number }[] | null;
  cpuMs: number;
}

/** What the last reading of a photo of the actor's own event says beyond its bibs; null before the first one. */
export async function getPhotoFindings(
  ctx: Context,
  input: { photoId: string },
): Promise<PhotoFindings | null> {
  const { id } = await getOwnPhoto(ctx, input);
  const [found] = await ctx.db.select().from(photoFindings).where(eq(photoFindings.photoId, id));
  if (!found) return null;
  const [faces] = await ctx.db.select({ count: count() }).from(photoFaces).where(eq(photoFaces.photoId, id));
  const labels = await ctx.db
    .select({ name: photoLabels.name, confidence: photoLabels.confidence })
    .from(photoLabels)
    .where(eq(photoLabels.photoId, id))
    .orderBy(desc(photoLabels.confidence), photoLabels.name);
  const { quality, crops, persons, cpuMs, engineVersion } = found;
  return {
    ...{ quality, crops, cpuMs },
    labels: engineVersion.includes('labels:') ? labels : null,
    personCount: persons?.length ?? null,
    faceCount: faces?.count ?? 0,
  };
}
