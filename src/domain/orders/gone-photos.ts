import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { isDomainError } from '#platform/errors.ts';
import { photos } from '../photos/tables.ts';
import { askRefund } from './ask-refund.ts';
import { SEND_REFUND } from './job-names.ts';
import { openCents } from './refund.ts';
import { orderLines, orderPhotos, orders, refundLines, refunds } from './tables.ts';

/** How many originals are looked for at once. */
const ABREAST = 10;
/** So long after an order was delivered, a file that it lacked then and still lacks is no outage any more. */
const MISSING_MS = 6 * 3600_000;

export interface LostLines {
  /** Their photos are no more. */
  gone: string[];
  /** The storage has no file for them, and nothing else says that the photo is gone. */
  missing: string[];
}

/**
 * Lines of single photos, not given yet, that have no original. A storage that lost its volume, or looks into another bucket,
 * says of every file that it is not there: it is believed hours later, and only while it still has other photos of this order.
 */
export async function findLostLines(ctx: Context, { orderId }: { orderId: string }): Promise<LostLines> {
  const lines = await ctx.db
    .select({
      lineId: orderLines.id,
      state: photos.state,
      originalKey: photos.originalKey,
      deliveredAt: orders.deliveredAt,
    })
    .from(orderLines)
    .innerJoin(orders, eq(orders.id, orderLines.orderId))
    .leftJoin(photos, eq(photos.id, orderLines.photoId))
    .leftJoin(orderPhotos, eq(orderPhotos.lineId, orderLines.id))
    .where(and(eq(orderLines.orderId, orderId), eq(orderLines.kind, 'photo'), isNull(orderPhotos.lineId)));
  const kept = lines.filter(({ originalKey, state }) => originalKey !== null && state !== 'failed');
  const gone = lines.filter((line) => !kept.includes(line)).map((line) => line.lineId);
  const there = await areThere(
    ctx,
    kept.map((line) => line.originalKey ?? ''),
  );
  const missing = kept.filter((_, place) => !there[place]).map((line) => line.lineId);
  const deliveredAt = lines[0]?.deliveredAt ?? null;
  const since = deliveredAt === null ? 0 : ctx.clock.now().getTime() - deliveredAt.getTime();
  if (missing.length === 0 || since < MISSING_MS || !(await hasOthers(ctx, orderId)))
    return { gone, missing };
  return { gone: [...gone, ...missing], missing: [] };
}

async function areThere(ctx: Context, keys: string[]): Promise<boolean[]> {
  const there: boolean[] = [];
  for (let start = 0; start < keys.length; start += ABREAST) {
    const some = keys.slice(start, start + ABREAST);
    there.push(...(await Promise.all(some.map(async (key) => (await ctx.storage.head(key)) !== null))));
  }
  return there;
}

/** Tells a storage that works from one that has lost everything. */
async function hasOthers(ctx: Context, orderId: string): Promise<boolean> {
  const given = await ctx.db
    .select({ originalKey: photos.originalKey })
    .from(orderPhotos)
    .innerJoin(photos, eq(photos.id, orderPhotos.photoId))
    .where(eq(orderPhotos.orderId, orderId))
    .limit(ABREAST);
  const there = await areThere(
    ctx,
    given.map((photo) => photo.originalKey),
  );
  return there.includes(true);
}

/** Gives back what was paid for these lines; the mail of the refund says why. The order must be locked. */
export async function refundGoneLines(
  tx: Context,
  { orderId, lineIds }: { orderId: string; lineIds: string[] },
): Promise<void> {
  const found = await tx.db.select().from(orderLines).where(inArray(orderLines.id, lineIds));
  const asked = await findAsked(tx, orderId);
  const lines = found
    .filter((line) => !asked.has(line.id))
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

/** A refund that the provider refused is not asked for with each look at the order: integrity tells a person of it. */
async function findAsked(tx: Context, orderId: string): Promise<Set<string>> {
  const asked = await tx.db
    .select({ lineId: refundLines.lineId })
    .from(refundLines)
    .innerJoin(refunds, eq(refunds.id, refundLines.refundId))
    .where(and(eq(refunds.orderId, orderId), eq(refunds.cause, 'photo-gone')));
  return new Set(asked.map((part) => part.lineId));
}
