import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '#context.ts';
import { requireOwnEvent } from '#domain/events/require-own-event.ts';
import { photos } from '#domain/photos/tables.ts';
import { parseInput } from '#platform/parse-input.ts';
import { reprocessPhoto } from './reprocess-photo.ts';

export const reprocessEventSchema = z.object({
  eventId: z.uuid(),
  which: z.enum(['failed', 'all']).default('all'),
});

const PAGE = 200;

/** Has an event's photos read again; gives how many were queued. */
export async function reprocessEvent(
  ctx: Context,
  input: z.input<typeof reprocessEventSchema>,
): Promise<number> {
  const { eventId, which } = parseInput(reprocessEventSchema, input);
  await requireOwnEvent(ctx, { eventId });
  const states = which === 'failed' ? (['failed'] as const) : (['failed', 'ready'] as const);
  let queued = 0;
  let last: string | null = null;
  for (;;) {
    const page: { id: string }[] = await ctx.db
      .select({ id: photos.id })
      .from(photos)
      .where(
        and(
          eq(photos.eventId, eventId),
          inArray(photos.state, [...states]),
          last === null ? undefined : gt(photos.id, last),
        ),
      )
      .orderBy(asc(photos.id))
      .limit(PAGE);
    for (const { id } of page) {
      if ((await reprocessPhoto(ctx, { photoId: id })) === 'queued') queued += 1;
      last = id;
    }
    if (page.length < PAGE) return queued;
  }
}
