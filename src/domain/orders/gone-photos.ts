import { and, eq, inArray } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { isDomainError } from '#platform/errors.ts';
import { photos } from '../photos/tables.ts';
import { askRefund } from './ask-refund.ts';
import { SEND_REFUND } from './job-names.ts';
import { openCents } from './refund.ts';
import { orderLines } from './tables.ts';

/** How many originals are looked for at once. */
const ABREAST = 10;

/** Lines of single photos whose original is no more: deleted, erased or broken since they were bought. */
export async function findGoneLines(ctx: Context, { orderId }: { orderId: string }): Promise<string[]> {
  const lines = await ctx.db
    .select({
      lineId: orderLines.id,
      state: photos.state,
      originalKey: photos.originalKey,
    })
    .from(orderLines)
    .leftJoin(photos, eq(photos.id, orderLines.photoId))
    .where(and(eq(orderLines.orderId, orderId), eq(orderLines.kind, 'photo')));
  const gone: string[] = [];
  for (let start = 0; start < lines.length; start += ABREAST) {
    const some = lines.slice(start, start + ABREAST);
    const there = await Promise.all(some.map((line) => isThere(ctx, line)));
    gone.push(...some.filter((_, place) => !there[place]).map((line) => line.lineId));
  }
  return gone;
}

async function isThere(
  ctx: Context,
  { state, originalKey }: { state: string | null; originalKey: string | null },
): Promise<boolean> {
  if (originalKey === null || state === 'failed') return false;
  return (await ctx.storage.head(originalKey)) !== null;
}

/** Gives back what was paid for these lines; the mail of the refund says why. The order must be locked. */
export async function refundGoneLines(
  tx: Context,
  { orderId, lineIds }: { orderId: string; lineIds: string[] },
): Promise<void> {
  const found = await tx.db.select().from(orderLines).where(inArray(orderLines.id, lineIds));
  const lines = found
    .map((line) => ({ lineId: line.id, amountCents: openCents(line) }))
    .filter((line) => line.amountCents > 0);
  if (lines.length === 0) return;
  try {
    const wanted = { orderId, lines, cause: 'photo-gone' as const, note: null, sellerId: null };
    const refund = await askRefund(tx, wanted);
    await tx.queue.enqueue(tx.db, SEND_REFUND, { refundId: refund.id });
  } catch (error) {
    // It was refused before anything was written. What is there is delivered all the same, and integrity tells of the rest.
    if (!isDomainError(error) || error.code !== 'conflict') throw error;
    tx.log.error({ orderId, error }, 'photos of a paid order are gone and cannot be refunded');
  }
}
