import { and, eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { DomainError } from '#platform/errors.ts';
import { tellRoomsAbove } from '../orders/move-order.ts';
import { payments } from '../orders/tables.ts';
import { type DisputeNews, disputeAfter } from './dispute.ts';
import { postDisputeFee } from './post-dispute-fee.ts';
import { disputes } from './tables.ts';

/** Brings a dispute to where the news lead, and lets every room that follows its order look again. */
export async function keepDispute(tx: Context, news: DisputeNews): Promise<void> {
  const known = await lockDispute(tx, news);
  const { intentId } = news.view;
  const orderId = known.orderId ?? (intentId === null ? null : await findOrderOfIntent(tx, intentId));
  await tx.db
    .update(disputes)
    .set({ ...disputeAfter(known, news), ...namesOf(news), orderId, updatedAt: tx.clock.now() })
    .where(eq(disputes.id, known.id));
  if (orderId === null) return;
  await postDisputeFee(tx, { orderId, view: news.view, happenedAt: news.occurredAt });
  await tellRoomsAbove(tx, orderId);
}

/** Written down if it is new, so that two notices of one dispute take turns. */
async function lockDispute(tx: Context, news: DisputeNews): Promise<typeof disputes.$inferSelect> {
  const { id } = news.view;
  const first = { ...disputeAfter(null, { ...news, money: null }), ...namesOf(news) };
  await tx.db
    .insert(disputes)
    .values({ id, ...first, updatedAt: tx.clock.now() })
    .onConflictDoNothing();
  const [known] = await tx.db.select().from(disputes).where(eq(disputes.id, id)).for('update');
  if (!known) throw new DomainError('not-found', { public: { key: 'disputes.missing' } });
  return known;
}

function namesOf({ view: { intentId, amountCents, currency, reason } }: DisputeNews) {
  return { intentId, amountCents, currency, reason };
}

/** The order that a payment of the present provider is for; null for a payment that is not ours. */
export async function findOrderOfIntent(ctx: Context, intentId: string): Promise<string | null> {
  const [payment] = await ctx.db
    .select({ orderId: payments.orderId })
    .from(payments)
    .where(and(eq(payments.intentId, intentId), eq(payments.provider, ctx.payments.name)));
  return payment?.orderId ?? null;
}
