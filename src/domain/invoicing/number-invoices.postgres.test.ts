import { asc, eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { inTransaction } from '#context.ts';
import { createTestContext } from '../../../tests/harness.ts';
import { makeSale, makeSeller } from '../../../tests/sale-stage.ts';
import { issueInvoices } from './issue-invoices.ts';
import { invoices } from './tables.ts';

const ORDERS = 40;

test('40 orders of two sellers invoiced at once, each twice and some undone, number each issuer 1 to n without gap or double', async () => {
  const ctx = await createTestContext({ config: { legalName: 'Focus SAS', legalAddress: '1 rue X' } });
  const sellers = [await makeSeller(ctx), await makeSeller(ctx, { rateBps: 0 })];
  const sales = [];
  for (let index = 0; index < ORDERS; index += 1) {
    sales.push(
      await makeSale(
        ctx,
        sellers.map((seller) => ({ seller, priceCents: 500 + index })),
      ),
    );
  }
  const undone = (orderId: string) =>
    inTransaction(ctx, async (tx) => {
      await issueInvoices(tx, { orderId });
      throw new Error('the machine stopped here');
    }).catch(() => undefined);
  await Promise.all(
    sales.flatMap(({ order: { id: orderId } }, index) => [
      ...(index % 4 === 0 ? [undone(orderId)] : []),
      issueInvoices(ctx, { orderId }),
      issueInvoices(ctx, { orderId }),
    ]),
  );
  const numbers = Array.from(
    { length: ORDERS },
    (_, index) => `FC2026-${String(index + 1).padStart(5, '0')}`,
  );
  for (const { organisation } of sellers) {
    const papers = await ctx.db
      .select({ number: invoices.number, orderId: invoices.orderId })
      .from(invoices)
      .where(eq(invoices.issuer, organisation.id))
      .orderBy(asc(invoices.number));
    expect(papers.map((paper) => paper.number)).toEqual(numbers);
    expect(new Set(papers.map((paper) => paper.orderId)).size).toBe(ORDERS);
  }
});
