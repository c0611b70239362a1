import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '#context.ts';
import { DomainError } from '#platform/errors.ts';
import { requireOwnEvent } from '../events/require-own-event.ts';
import { toOwnPhoto } from './list-own-photos.ts';
import type { OwnPhoto } from './photo.ts';
import { photos } from './tables.ts';

/** One photo of the actor's own event, in any state. Throws not-found for others. */
export async function getOwnPhoto(ctx: Context, input: { photoId: string }): Promise<OwnPhoto> {
  const photoId = z.uuid().safeParse(input.photoId);
  const [row] = photoId.success ? await ctx.db.select().from(photos).where(eq(photos.id, photoId.data)) : [];
  if (!row) throw new DomainError('not-found', { public: { key: 'photos.notFound' } });
  await requireOwnEvent(ctx, { eventId: row.eventId });
  return toOwnPhoto(row);
}
