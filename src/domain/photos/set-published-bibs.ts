import { eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { photos } from './tables.ts';

export interface PublishedBibs {
  photoId: string;
  bibs: string[];
  raceIds: string[];
  doubtful: boolean;
}

/** Keeps the published bibs beside the photo. For a transaction of matching, which alone knows what is published. */
export async function setPublishedBibs(tx: Context, tags: PublishedBibs): Promise<void> {
  const { photoId, ...set } = tags;
  await tx.db.update(photos).set(set).where(eq(photos.id, photoId));
}
