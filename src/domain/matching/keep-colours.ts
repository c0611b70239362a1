import { eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { photos } from '#domain/photos/tables.ts';
import type { PersonFinding } from '#vision/findings.ts';
import { nameClothes } from './colour-names.ts';
import { photoColours } from './tables.ts';

/** Makes the named colours of a photo those of the persons seen on it. For a transaction of matching. */
export async function keepColours(
  tx: Context,
  input: { photoId: string; eventId: string; persons: readonly PersonFinding[] },
): Promise<void> {
  const { photoId, eventId, persons } = input;
  await tx.db.delete(photoColours).where(eq(photoColours.photoId, photoId));
  const colours = nameClothes(persons);
  if (colours.length === 0) return;
  // From when the photo came in, like other clothing: a later reading does not bring the colours back for long.
  const [photo] = await tx.db
    .select({ seenAt: photos.receivedAt })
    .from(photos)
    .where(eq(photos.id, photoId));
  const seenAt = photo?.seenAt ?? tx.clock.now();
  await tx.db.insert(photoColours).values(colours.map((colour) => ({ photoId, eventId, colour, seenAt })));
}
