import { asc, eq } from 'drizzle-orm';
import { type Context, withActor } from '#context.ts';
import { getBalance } from '#domain/ledger/get-balance.ts';
import { listOrderMovements } from '#domain/ledger/list-order-movements.ts';
import { applyPaymentEvent } from '#domain/orders/apply-payment-event.ts';
import { refundLines } from '#domain/orders/refund-lines.ts';
import { sellerAccounts, transfers } from '#domain/payouts/tables.ts';
import type { PayoutStage, SoldOrder } from './payout-stage.ts';

const system = { kind: 'system', name: 'test' } as const;

export async function refund(
  stage: PayoutStage,
  sold: SoldOrder,
  line: number,
  amountCents: number,
): Promise<void> {
  const lines = [{ lineId: sold.lineIds[line] ?? '', amountCents }];
  await refundLines(withActor(stage.ctx, system), { orderId: sold.orderId, lines, cause: 'goodwill' });
  await stage.listen();
}

export async function dispute(
  stage: PayoutStage,
  { orderId, intent }: SoldOrder,
  kind: 'dispute-opened' | 'dispute-won' | 'dispute-lost',
  cents?: number,
): Promise<void> {
  const { id: intentId, currency } = intent;
  const amountCents = cents ?? intent.amountCents;
  const told = { id: stage.ctx.random.id(), occurredAt: stage.ctx.clock.now(), disputeId: `dp/${orderId}` };
  await applyPaymentEvent(stage.ctx, { event: { ...told, kind, intentId, orderId, amountCents, currency } });
  await stage.settle();
}

export async function transfersOf(ctx: Context, { orderId }: { orderId: string }) {
  return ctx.db
    .select()
    .from(transfers)
    .where(eq(transfers.orderId, orderId))
    .orderBy(asc(transfers.organisationId), asc(transfers.part));
}

export const left = (rows: (typeof transfers.$inferSelect)[], organisationId: string) =>
  rows
    .filter((row) => row.organisationId === organisationId)
    .map(({ sentCents, reversedCents }) => [sentCents, reversedCents]);

/** What the order's movements leave in each kind of account. */
export async function booksOf(
  ctx: Context,
  { orderId }: { orderId: string },
): Promise<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const { entries } of await listOrderMovements(ctx, { orderId })) {
    for (const { account, amount } of entries) sums[account.kind] = (sums[account.kind] ?? 0) + amount;
  }
  return Object.fromEntries(Object.entries(sums).filter(([, sum]) => sum !== 0));
}

interface Whose {
  organisation: { id: string };
}

export const owedTo = async (ctx: Context, { organisation }: Whose) =>
  0 - (await getBalance(ctx, { kind: 'seller', owner: organisation.id, currency: 'eur' }));

export const debtOf = (ctx: Context, { organisation }: Whose) =>
  getBalance(ctx, { kind: 'debt', owner: organisation.id, currency: 'eur' });

export async function sellerOf(ctx: Context, { organisation }: Whose) {
  const [row] = await ctx.db
    .select()
    .from(sellerAccounts)
    .where(eq(sellerAccounts.organisationId, organisation.id));
  return { accountId: row?.accountId ?? '' };
}
