import { eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { mayComputeFaces } from '#domain/events/may-compute-faces.ts';
import { requireOwnEvent } from '#domain/events/require-own-event.ts';
import { requireSystem } from '#domain/photos/require-system.ts';
import { DomainError } from '#platform/errors.ts';
import type { IndexedFace, Jpeg, Recognition } from '#platform/recognition/recognition.ts';
import { countRecognitionCall } from './recognition-cost.ts';
import { indexedPhotos } from './tables.ts';

/**
 * Puts a photo's faces into its event's collection, once; gives how many stand there and, the first time, what they look
 * like. Refused unless the event's face mode allows it at this instant. A run that was killed in between is done again:
 * whoever searches counts a photo once.
 */
export async function indexFacesElsewhere(
  ctx: Context,
  recognition: Recognition,
  input: { eventId: string; photoId: string; jpeg: Jpeg },
): Promise<{ count: number; faces: IndexedFace[] }> {
  requireSystem(ctx);
  const { eventId, photoId } = input;
  const event = await requireOwnEvent(ctx, { eventId });
  if (!ctx.config.aiFaceIndexEnabled || !mayComputeFaces(event, ctx.clock.now())) {
    throw new DomainError('forbidden', {
      public: { key: 'input.invalid' },
      internal: 'faces of an event whose face mode does not allow them',
    });
  }
  const row = { photoId, eventId, askedAt: ctx.clock.now() };
  await ctx.db.insert(indexedPhotos).values(row).onConflictDoNothing();
  const [known] = await ctx.db.select().from(indexedPhotos).where(eq(indexedPhotos.photoId, photoId));
  if (typeof known?.faces === 'number') return { count: known.faces, faces: [] };
  const faces = await recognition.indexFaces(eventId, photoId, input.jpeg);
  await countRecognitionCall(ctx, { eventId, photoId, operation: 'index-faces' });
  // The face mode may have closed meanwhile and a sweep forgotten the row: written anew, the next sweep finds the faces.
  await ctx.db
    .insert(indexedPhotos)
    .values({ ...row, faces: faces.length })
    .onConflictDoUpdate({ target: indexedPhotos.photoId, set: { faces: faces.length } });
  return { count: faces.length, faces };
}
