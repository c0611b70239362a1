import { and, asc, eq, getTableColumns, gt, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '#context.ts';
import { parseInput } from '#platform/parse-input.ts';
import { requireOwnEvent } from '../events/require-own-event.ts';
import { readPosition, writePosition } from './page-position.ts';
import { type OwnPhoto, renditionUrl } from './photo.ts';
import { otherFrames, standsForStack } from './stack-in-gallery.ts';
import { photos } from './tables.ts';

export const listOwnPhotosSchema = z.object({
  eventId: z.uuid(),
  filter: z.enum(['all', 'no-bib', 'blurry', 'doubtful', 'failed']).default('all'),
  /** `next` of the page before. */
  after: z.string().max(80).optional(),
  limit: z.number().int().min(1).max(200).default(60),
});
export type OwnPhotoFilter = z.output<typeof listOwnPhotosSchema>['filter'];

/** A photo of the owner's grid, with the count of frames that it stands for: 1 when it stands alone. */
export type OwnGridPhoto = OwnPhoto & { frames: number };

/** The owner's photos of an event in every state, in the order of the gallery: of all of them one for each stack, of a choice
 *  each that fits. */
export async function listOwnPhotos(
  ctx: Context,
  input: z.input<typeof listOwnPhotosSchema>,
): Promise<{ photos: OwnGridPhoto[]; next: string | null }> {
  const query = parseInput(listOwnPhotosSchema, input);
  await requireOwnEvent(ctx, { eventId: query.eventId });
  const stacked = query.filter === 'all';
  const own = { hiddenToo: true };
  const found = await ctx.db
    .select({ ...getTableColumns(photos), others: stacked ? otherFrames(own) : sql<null>`null` })
    .from(photos)
    .where(
      and(
        eq(photos.eventId, query.eventId),
        matches(query.filter),
        stacked ? standsForStack(own) : undefined,
        beyond(query.after),
      ),
    )
    .orderBy(asc(photos.sortAt), asc(photos.id))
    .limit(query.limit + 1);
  const page = found.slice(0, query.limit);
  const last = page.at(-1);
  return {
    photos: page.map((row) => ({ ...toOwnPhoto(row), frames: 1 + (row.others?.length ?? 0) })),
    next: found.length > query.limit && last ? writePosition(last) : null,
  };
}

export function toOwnPhoto(row: typeof photos.$inferSelect): OwnPhoto {
  const hasRenditions = row.preparedAt !== null;
  const camera = [row.camera?.make, row.camera?.model].filter(Boolean).join(' ');
  return {
    id: row.id,
    eventId: row.eventId,
    fileName: row.fileName,
    state: row.state,
    failureReason: row.failureReason,
    sizeBytes: row.sizeBytes,
    widthPx: row.widthPx,
    heightPx: row.heightPx,
    tone: row.tone ?? '#888888',
    takenAt: row.takenAt,
    bibs: row.bibs,
    thumbnailUrl: hasRenditions ? renditionUrl(row.id, 'thumbnail', row.shownVersion) : null,
    previewUrl: hasRenditions ? renditionUrl(row.id, 'preview', row.shownVersion) : null,
    camera: camera === '' ? null : camera,
    qualityScore: row.qualityScore,
    blurry: row.blurry,
    doubtful: row.doubtful,
    edited: row.edited,
    shownVersion: row.shownVersion,
    receivedAt: row.receivedAt,
  };
}

function matches(filter: OwnPhotoFilter): SQL | undefined {
  switch (filter) {
    case 'all':
      return undefined;
    case 'no-bib':
      return and(eq(photos.state, 'ready'), sql`cardinality(${photos.bibs}) = 0`);
    case 'blurry':
      return eq(photos.blurry, true);
    case 'doubtful':
      return eq(photos.doubtful, true);
    case 'failed':
      return eq(photos.state, 'failed');
  }
}

function beyond(after: string | undefined): SQL | undefined {
  if (after === undefined) return undefined;
  const { sortAt, id } = readPosition(after);
  return gt(sql`(${photos.sortAt}, ${photos.id})`, sql`(${sortAt.toISOString()}::timestamptz, ${id}::uuid)`);
}
