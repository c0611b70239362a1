import { eq, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { withActor } from '#context.ts';
import { createTestContext, type TestContext } from '../../../tests/harness.ts';
import { makeRefund, makeSale, makeSeller } from '../../../tests/sale-stage.ts';
import { refunds } from '../orders/tables.ts';
import { findInvoicingFaults } from './find-invoicing-faults.ts';
import { issueInvoices } from './issue-invoices.ts';
import { invoices } from './tables.ts';

const LATER_SECONDS = 2 * 3600;

async function rulesAbout(ctx: TestContext, ids: string[]) {
  const faults = await findInvoicingFaults(withActor(ctx, { kind: 'system', name: 'integrity' }));
  return faults.filter(({ subject }) => ids.some((id) => subject.includes(id))).map((fault) => fault.rule);
}

test('books that agree have no fault, and each thing that must not be is found', async () => {
  const ctx = await createTestContext();
  const seller = await makeSeller(ctx);
  const { order, lineIds } = await makeSale(ctx, [
    { seller, priceCents: 700 },
    { seller, priceCents: 500 },
  ]);
  const [lineId = ''] = lineIds;
  const refundId = await makeRefund(ctx, order.id, [{ lineId, amountCents: 700 }]);
  await issueInvoices(ctx, { orderId: order.id });
  ctx.clock.advance(LATER_SECONDS);
  const unbilled = await makeSale(ctx, [{ seller, priceCents: 300 }]);
  const about = [seller.organisation.id, order.id, refundId, unbilled.order.id];
  expect(await rulesAbout(ctx, about)).toEqual([]);
  ctx.clock.advance(LATER_SECONDS);
  expect(await rulesAbout(ctx, about)).toEqual(['invoice-of-paid-order']);
  const late = await makeRefund(ctx, order.id, [{ lineId: lineIds[1] ?? '', amountCents: 100 }]);
  await ctx.db.update(refunds).set({ state: 'failed' }).where(eq(refunds.id, refundId));
  ctx.clock.advance(LATER_SECONDS);
  expect((await rulesAbout(ctx, [refundId, late])).toSorted()).toEqual([
    'credit-note-of-refund',
    'credit-note-of-refund',
  ]);
  const papers = await ctx.db.select().from(invoices).where(eq(invoices.orderId, order.id));
  const [first, second] = papers.toSorted((one, other) => one.number.localeCompare(other.number));
  await ctx.db
    .update(invoices)
    .set({ number: 'FC2026-00009' })
    .where(eq(invoices.id, second?.id ?? ''));
  await ctx.db
    .update(invoices)
    .set({ totalCents: sql`100`, vatCents: sql`17` })
    .where(eq(invoices.id, first?.id ?? ''));
  const found = await rulesAbout(ctx, [seller.organisation.id, order.id, first?.id ?? '']);
  expect(found.toSorted()).toEqual(['credit-notes-within-invoice', 'invoice-numbers', 'invoice-sums']);
});
