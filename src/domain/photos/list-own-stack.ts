import { and, asc, eq } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { z } from 'zod';
import type { Context } from '#context.ts';
import { parseInput } from '#platform/parse-input.ts';
import { requireOwnEvent } from '../events/require-own-event.ts';
import { toOwnPhoto } from './list-own-photos.ts';
import type { OwnPhoto } from './photo.ts';
import { photos } from './tables.ts';

const listOwnStackSchema = z.object({ eventId: z.uuid(), photoId: z.uuid() });
const asked = alias(photos, 'asked');

/** The frames of a photo's stack, hidden ones too, in the order of the gallery. Empty when it stands alone, or is not of
 *  the actor's own event. */
export async function listOwnStack(
  ctx: Context,
  input: z.input<typeof listOwnStackSchema>,
): Promise<OwnPhoto[]> {
  const { eventId, photoId } = parseInput(listOwnStackSchema, input);
  await requireOwnEvent(ctx, { eventId });
  const found = await ctx.db
    .select({ photo: photos })
    .from(asked)
    .innerJoin(photos, eq(photos.stackId, asked.stackId))
    .where(and(eq(asked.id, photoId), eq(photos.eventId, eventId)))
    .orderBy(asc(photos.sortAt), asc(photos.id));
  return found.map(({ photo }) => toOwnPhoto(photo));
}
