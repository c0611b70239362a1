import { and, eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { COLOUR_NAMES, type ColourName } from './colour-names.ts';
import { photoColours } from './tables.ts';

/** The colours that people wear on an event's photos, in the order of the choice. One look into the index for each. */
export async function listPhotoColours(ctx: Context, input: { eventId: string }): Promise<ColourName[]> {
  const found = await Promise.all(COLOUR_NAMES.map((colour) => isWorn(ctx, input.eventId, colour)));
  return COLOUR_NAMES.filter((_, index) => found[index]);
}

async function isWorn(ctx: Context, eventId: string, colour: ColourName): Promise<boolean> {
  const worn = await ctx.db
    .select({ photoId: photoColours.photoId })
    .from(photoColours)
    .where(and(eq(photoColours.eventId, eventId), eq(photoColours.colour, colour)))
    .limit(1);
  return worn.length > 0;
}
