import { and, inArray } from 'drizzle-orm';
import type { Context } from '#context.ts';
import type { StoredKind } from './photo.ts';
import type { RenditionRow } from './record-renditions.ts';
import { renditions } from './tables.ts';

/** Stored files of photos whose right was checked before, by photo. */
export async function findRenditions(
  ctx: Context,
  input: { photoIds: string[]; kinds: readonly StoredKind[] },
): Promise<Map<string, RenditionRow[]>> {
  if (input.photoIds.length === 0) return new Map();
  const found = await ctx.db
    .select()
    .from(renditions)
    .where(and(inArray(renditions.photoId, input.photoIds), inArray(renditions.kind, [...input.kinds])));
  return Map.groupBy(found, (row) => row.photoId);
}
