import { asc, desc, eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { DomainError } from '#platform/errors.ts';
import { requireAdmin } from '../accounts/require-account.ts';
import { listCounted, takenByBank } from './disputed-money.ts';
import type { OrderState } from './order.ts';
import type { RefundCause, RefundState } from './refund.ts';
import { listSoldLines, type SoldLine } from './sold-lines.ts';
import { orders, paymentEvents, payments, refunds } from './tables.ts';

const MOST_SHOWN = 200;

export interface RefundView {
  refundId: string;
  amountCents: number;
  currency: string;
  cause: RefundCause;
  note: string | null;
  state: RefundState;
  providerRefundId: string | null;
  createdAt: Date;
}

export interface SoldOrder {
  orderId: string;
  number: string;
  state: OrderState;
  email: string;
  totalCents: number;
  refundedCents: number;
  currency: string;
  clientAddress: string | null;
  createdAt: Date;
  paidAt: Date | null;
  deliveredAt: Date | null;
  payment: Pick<typeof payments.$inferSelect, 'provider' | 'intentId' | 'state' | 'providerFeeCents'> | null;
  lines: SoldLine[];
  refunds: RefundView[];
  notices: (typeof paymentEvents.$inferSelect)[];
  /** Money can go back now. */
  refundable: boolean;
}

/** Everything of one order, for the operator. Throws 'forbidden' and 'not-found'. */
export async function getSoldOrder(ctx: Context, { orderId }: { orderId: string }): Promise<SoldOrder> {
  requireAdmin(ctx);
  const [found] = await ctx.db
    .select({ order: orders, payment: payments })
    .from(orders)
    .leftJoin(payments, eq(payments.orderId, orders.id))
    .where(eq(orders.id, orderId));
  if (!found) throw new DomainError('not-found', { public: { key: 'orders.missing' } });
  const { order, payment } = found;
  const { number, state, email, totalCents, refundedCents, currency, clientAddress } = order;
  const { createdAt, paidAt, deliveredAt } = order;
  const [lines, given, notices] = await Promise.all([
    listSoldLines(ctx, eq(orders.id, orderId)),
    listRefundsOf(ctx, orderId),
    listNotices(ctx, orderId),
  ]);
  // An open dispute may be one that a refund ends: the provider says so when it is asked.
  const lost = takenByBank(await listCounted(ctx, orderId), () => true);
  return {
    orderId,
    number,
    state,
    email,
    totalCents,
    refundedCents,
    currency,
    clientAddress,
    createdAt,
    paidAt,
    deliveredAt,
    payment,
    lines,
    refunds: given,
    notices,
    refundable:
      payment?.state === 'succeeded' &&
      lines.some((line) => line.openCents > 0) &&
      lost < totalCents - refundedCents,
  };
}

async function listRefundsOf(ctx: Context, orderId: string): Promise<RefundView[]> {
  const found = await ctx.db
    .select()
    .from(refunds)
    .where(eq(refunds.orderId, orderId))
    .orderBy(desc(refunds.createdAt))
    .limit(MOST_SHOWN);
  return found.map(toRefundView);
}

export function toRefundView(row: typeof refunds.$inferSelect): RefundView {
  const { id: refundId, amountCents, currency, cause, note, state, providerRefundId, createdAt } = row;
  return { refundId, amountCents, currency, cause, note, state, providerRefundId, createdAt };
}

async function listNotices(ctx: Context, orderId: string): Promise<SoldOrder['notices']> {
  return ctx.db
    .select()
    .from(paymentEvents)
    .where(eq(paymentEvents.orderId, orderId))
    .orderBy(asc(paymentEvents.occurredAt), asc(paymentEvents.id))
    .limit(MOST_SHOWN);
}
