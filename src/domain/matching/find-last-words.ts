import { and, desc, eq, inArray, isNull } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { users } from '#domain/accounts/tables.ts';
import { settledPhotos, tagDecisions } from './tables.ts';

/** Who had the last word on each of these photos; null for an account that is gone, or when the word was taken back. */
export async function findLastWords(
  ctx: Context,
  photoIds: readonly string[],
): Promise<{ photoId: string; by: string | null }[]> {
  if (photoIds.length === 0) return [];
  const decided = await ctx.db
    .select({ photoId: tagDecisions.photoId, by: users.name, at: tagDecisions.decidedAt })
    .from(tagDecisions)
    .leftJoin(users, eq(users.id, tagDecisions.decidedBy))
    .where(and(inArray(tagDecisions.photoId, [...photoIds]), isNull(tagDecisions.undoneAt)))
    .orderBy(desc(tagDecisions.decidedAt));
  const settled = await ctx.db
    .select({ photoId: settledPhotos.photoId, by: users.name, at: settledPhotos.settledAt })
    .from(settledPhotos)
    .leftJoin(users, eq(users.id, settledPhotos.settledBy))
    .where(inArray(settledPhotos.photoId, [...photoIds]));
  const words = [...decided, ...settled].toSorted((a, b) => b.at.getTime() - a.at.getTime());
  return photoIds.map((photoId) => ({
    photoId,
    by: words.find((word) => word.photoId === photoId)?.by ?? null,
  }));
}
