import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '#context.ts';
import { DomainError } from '#platform/errors.ts';
import { drawPaper } from '#platform/pdf/draw-paper.ts';
import { isManager } from '../accounts/require-manager.ts';
import { orders } from '../orders/tables.ts';
import { invoicePaper } from './invoice-paper.ts';
import { type InvoiceScope, withinScope } from './list-invoices.ts';
import { invoices } from './tables.ts';

export const openInvoiceInput = z.object({
  invoiceId: z.uuid(),
  /** Of the order's link, for who is not signed in. */
  secret: z.string().max(100).optional(),
});

/**
 * An invoice as PDF, for whoever holds its order's link, the account that bought, an owner or manager of the organisation in
 * whose name it was issued, and the operator. Throws 'not-found' for everyone else, as for one that is not there.
 */
export async function openInvoice(
  ctx: Context,
  input: z.input<typeof openInvoiceInput>,
): Promise<{ fileName: string; bytes: Buffer }> {
  const parsed = openInvoiceInput.safeParse(input);
  if (!parsed.success) throw missing();
  const { invoiceId, secret } = parsed.data;
  for (const scope of await scopesOf(ctx, secret)) {
    const [found] = await ctx.db
      .select({ invoice: invoices })
      .from(invoices)
      .innerJoin(orders, eq(orders.id, invoices.orderId))
      .where(and(eq(invoices.id, invoiceId), withinScope(ctx, scope)));
    if (!found) continue;
    const paper = invoicePaper(found.invoice, { sellersCopy: scope.kind === 'organisation' });
    return { fileName: `${found.invoice.number}.pdf`, bytes: await drawPaper(paper) };
  }
  throw missing();
}

async function scopesOf(ctx: Context, secret: string | undefined): Promise<InvoiceScope[]> {
  const { actor } = ctx;
  if (secret !== undefined) return [{ kind: 'order', secret }];
  if (actor.kind !== 'account') return [];
  if (actor.role === 'ADMIN') return [{ kind: 'all' }];
  return [{ kind: 'account' }, ...((await isManager(ctx)) ? [{ kind: 'organisation' as const }] : [])];
}

function missing(): DomainError {
  return new DomainError('not-found', { public: { key: 'invoicing.missing' } });
}
