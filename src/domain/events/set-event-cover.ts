import { eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { recordAudit } from '#domain/audit/record-audit.ts';
import { requireOwnEvent } from './require-own-event.ts';
import { events } from './tables.ts';

/** Makes a photo the cover of an own event; null leaves it to the first wide photo. That the photo is one of the event's
 *  is for photos to know: ask `chooseCover`. */
export async function setEventCover(
  ctx: Context,
  input: { eventId: string; photoId: string | null },
): Promise<void> {
  const event = await requireOwnEvent(ctx, input);
  if (event.coverPhotoId === input.photoId) return;
  await ctx.db.update(events).set({ coverPhotoId: input.photoId }).where(eq(events.id, event.id));
  await recordAudit(ctx, { action: 'events.cover', subjectKind: 'event', subjectId: event.id });
}
