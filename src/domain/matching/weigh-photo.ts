import type { Context } from '#context.ts';
import { weighBurst } from '#domain/weighing/weigh-burst.ts';
import { readScale } from './event-scale.ts';
import { findBursts, type Shot } from './find-bursts.ts';
import { gatherBursts } from './gather-bursts.ts';
import { markPhotosToWeigh } from './mark-photos-to-weigh.ts';
import { publishBibs } from './publish-bibs.ts';
import { storeWeighed } from './store-weighed.ts';

interface WeighPhotoInput {
  eventId: string;
  photoId: string;
  /** By its own reads, or with its burst, its time and its place besides. */
  by: 'itself' | 'surroundings';
}

/** Weighs one photo at once, and has its burst weighed within seconds. For a transaction that holds the photo: of the others
 *  it writes nothing. */
export async function weighPhoto(tx: Context, input: WeighPhotoInput): Promise<void> {
  const { eventId, photoId, by } = input;
  const alone: Shot[][] = [[{ id: photoId, cameraKey: null, takenAt: null }]];
  const bursts = by === 'itself' ? alone : await findBursts(tx, { eventId, photoIds: [photoId] });
  const scale = await readScale(tx, eventId);
  const gathered = await gatherBursts(tx, scale, bursts);
  const weighed = gathered
    .flatMap((burst) => weighBurst(burst, scale.trust))
    .filter((tag) => tag.photoId === photoId);
  await storeWeighed(tx, { eventId, photoIds: [photoId], weighed });
  await publishBibs(tx, [photoId]);
  await markPhotosToWeigh(tx, { eventId, photoIds: [photoId] });
}
