import { eq } from 'drizzle-orm';
import type { Context, Locale } from '#context.ts';
import { DomainError } from '#platform/errors.ts';
import { hashToken } from '../orders/find-cart.ts';
import { orders } from '../orders/tables.ts';
import {
  canWithdraw,
  listStatements,
  type NamedLine,
  readWithdrawable,
  type WithdrawalRow,
} from './read-withdrawable.ts';
import { type LineRight, outcomeOf, periodEnd, rightOf } from './withdrawal.ts';

export interface WithdrawalView {
  orderId: string;
  orderNumber: string;
  email: string;
  locale: Locale;
  currency: string;
  orderedAt: Date;
  /** The period is over from this instant on. */
  endsAt: Date;
  periodOver: boolean;
  /** Still on its way: nothing can be given back before it arrives. */
  processing: boolean;
  refundableCents: number;
  lines: (Pick<NamedLine, 'lineId' | 'kind' | 'bib' | 'eventName' | 'priceCents'> & LineRight)[];
  /** Newest first. */
  statements: Pick<WithdrawalRow, 'id' | 'outcome' | 'endedBy' | 'refundId' | 'at'>[];
}

/** What the holder of an order's link may withdraw from, and what they stated before. Null where no withdrawal exists: credits, gifts, unpaid. Throws 'not-found'. */
export async function findWithdrawal(
  ctx: Context,
  { secret }: { secret: string },
): Promise<WithdrawalView | null> {
  const order = await getOrderRow(ctx, secret);
  if (!canWithdraw(order)) return null;
  const when = { orderedAt: order.createdAt, now: ctx.clock.now() };
  const lines = (await readWithdrawable(ctx, order)).filter((line) => line.priceCents > 0);
  const endsAt = periodEnd(order.createdAt);
  return {
    orderId: order.id,
    orderNumber: order.number,
    email: order.email,
    locale: order.locale,
    currency: order.currency,
    orderedAt: order.createdAt,
    endsAt,
    periodOver: when.now >= endsAt,
    processing: order.state === 'processing',
    refundableCents: outcomeOf(lines, when).parts.reduce((sum, part) => sum + part.amountCents, 0),
    lines: lines.map((line) => ({
      lineId: line.lineId,
      kind: line.kind,
      bib: line.bib,
      eventName: line.eventName,
      priceCents: line.priceCents,
      ...rightOf(line, when),
    })),
    statements: await listStatements(ctx, order.id),
  };
}

export async function getOrderRow(ctx: Context, secret: string): Promise<typeof orders.$inferSelect> {
  const [order] = await ctx.db
    .select()
    .from(orders)
    .where(eq(orders.secretHash, hashToken(secret.slice(0, 100))));
  if (!order) throw new DomainError('not-found', { public: { key: 'orders.missing' } });
  return order;
}
