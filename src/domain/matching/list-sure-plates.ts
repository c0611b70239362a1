import { and, asc, eq, isNotNull, isNull } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { photos } from '#domain/photos/tables.ts';
import type { BibRead } from '#vision/findings.ts';
import { toBibRead } from './stored-read.ts';
import { bibReads } from './tables.ts';

/** More teach nothing new; ids are random, so these are a fair sample. */
const MOST_PLATES = 1000;

/** Sure whole reads of an event whose look is known, for `learnStyle`. */
export async function listSurePlates(ctx: Context, input: { eventId: string }): Promise<BibRead[]> {
  const found = await ctx.db
    .select({ read: bibReads })
    .from(bibReads)
    .innerJoin(photos, eq(photos.id, bibReads.photoId))
    .where(
      and(
        eq(photos.eventId, input.eventId),
        eq(bibReads.kind, 'sure'),
        isNull(bibReads.partial),
        isNotNull(bibReads.plate),
      ),
    )
    .orderBy(asc(bibReads.id))
    .limit(MOST_PLATES);
  return found.map(({ read }) => toBibRead(read));
}
