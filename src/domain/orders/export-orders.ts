import { z } from 'zod';
import type { Context } from '#context.ts';
import { CSV_MARK, csvRow } from '#platform/csv.ts';
import { parseInput } from '#platform/parse-input.ts';
import { requireAdmin } from '../accounts/require-account.ts';
import { listOrders, type OrderSummary } from './list-orders.ts';

const PAGE = 200;
const HEAD = [
  'number',
  'state',
  'email',
  'total_minor_units',
  'refunded_minor_units',
  'currency',
  'created_at',
  'paid_at',
  'delivered_at',
];

const exportInput = z.object({
  state: z.enum(['pending', 'processing', 'paid', 'failed', 'cancelled', 'refunded', 'disputed']).optional(),
  search: z.string().trim().max(100).optional(),
});

/**
 * The orders that a search finds as a table for spreadsheets, newest first, piece by piece. Instants are UTC, amounts whole
 * minor units. For the operator; throws 'forbidden' before the first piece.
 */
export function exportOrders(
  ctx: Context,
  input: { state?: string | undefined; search?: string | undefined },
): AsyncGenerator<string> {
  requireAdmin(ctx);
  return writeOrders(ctx, parseInput(exportInput, input));
}

async function* writeOrders(ctx: Context, found: z.output<typeof exportInput>): AsyncGenerator<string> {
  yield CSV_MARK + csvRow(HEAD);
  let after: string | undefined;
  do {
    const orders = await listOrders(ctx, { ...found, after, limit: PAGE });
    if (orders.length > 0) yield orders.map(toRow).join('');
    after = orders.length < PAGE ? undefined : orders.at(-1)?.orderId;
  } while (after);
}

function toRow(order: OrderSummary): string {
  const instant = (at: Date | null) => at?.toISOString() ?? '';
  return csvRow([
    order.number,
    order.state,
    order.email,
    order.totalCents,
    order.refundedCents,
    order.currency,
    instant(order.createdAt),
    instant(order.paidAt),
    instant(order.deliveredAt),
  ]);
}
