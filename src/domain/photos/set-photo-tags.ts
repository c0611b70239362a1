import { eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { photos } from './tables.ts';

export interface PhotoTags {
  photoId: string;
  bibs: string[];
  raceIds: string[];
  doubtful: boolean;
}

/** Keeps the published tags beside the photo. For a transaction of matching, which alone knows what is published. */
export async function setPhotoTags(tx: Context, tags: PhotoTags): Promise<void> {
  const { photoId, ...set } = tags;
  await tx.db.update(photos).set(set).where(eq(photos.id, photoId));
}
