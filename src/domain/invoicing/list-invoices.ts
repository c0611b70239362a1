import { and, desc, eq, gte, ilike, lt, or, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '#context.ts';
import { parseInput } from '#platform/parse-input.ts';
import { requireAccount, requireAdmin, requireOrganisation } from '../accounts/require-account.ts';
import { hashToken } from '../orders/find-cart.ts';
import { orders } from '../orders/tables.ts';
import { type InvoiceKind, invoiceUrl } from './invoice.ts';
import { invoices } from './tables.ts';

/** Whose: those of one order's link, those bought by the account, those issued by its organisation, or all for the operator. */
const scope = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('order'), secret: z.string().max(100) }),
  z.object({ kind: z.literal('account') }),
  z.object({ kind: z.literal('organisation') }),
  z.object({ kind: z.literal('all') }),
]);

export type InvoiceScope = z.output<typeof scope>;

export const listInvoicesInput = z.object({
  of: scope,
  /** Part of a number: of the invoice or of the order. */
  search: z.string().trim().max(100).optional(),
  from: z.date().optional(),
  /** Not included. */
  to: z.date().optional(),
  /** The last one of the page before. */
  after: z.uuid().optional(),
  limit: z.int().min(1).max(200).default(50),
});

export interface InvoiceSummary {
  invoiceId: string;
  kind: InvoiceKind;
  number: string;
  orderId: string;
  orderNumber: string;
  issuerName: string;
  totalCents: number;
  vatCents: number;
  currency: string;
  issuedAt: Date;
  /** Of its PDF, for whoever was given this list. */
  url: string;
}

/** Invoices and credit notes, newest first. Throws 'forbidden' for a scope that is not the actor's. */
export async function listInvoices(
  ctx: Context,
  input: z.input<typeof listInvoicesInput>,
): Promise<{ invoices: InvoiceSummary[]; next: string | null }> {
  const { of, search, from, to, after, limit } = parseInput(listInvoicesInput, input);
  const found = await ctx.db
    .select({
      invoiceId: invoices.id,
      kind: invoices.kind,
      number: invoices.number,
      orderId: invoices.orderId,
      orderNumber: orders.number,
      issuerName: sql<string>`${invoices.content}->'seller'->>'name'`,
      totalCents: invoices.totalCents,
      vatCents: invoices.vatCents,
      currency: invoices.currency,
      issuedAt: invoices.issuedAt,
    })
    .from(invoices)
    .innerJoin(orders, eq(orders.id, invoices.orderId))
    .where(
      and(
        withinScope(ctx, of),
        search ? or(ilike(invoices.number, like(search)), ilike(orders.number, like(search))) : undefined,
        from ? gte(invoices.issuedAt, from) : undefined,
        to ? lt(invoices.issuedAt, to) : undefined,
        after
          ? sql`(${invoices.issuedAt}, ${invoices.id}) < (select i.issued_at, i.id from invoices i where i.id = ${after})`
          : undefined,
      ),
    )
    .orderBy(desc(invoices.issuedAt), desc(invoices.id))
    .limit(limit + 1);
  const secret = of.kind === 'order' ? of.secret : undefined;
  const page = found.slice(0, limit).map((row) => ({ ...row, url: invoiceUrl(row.invoiceId, secret) }));
  return { invoices: page, next: found.length > limit ? (page.at(-1)?.invoiceId ?? null) : null };
}

/** The rows of `invoices` joined with `orders` that the actor may see. Throws 'forbidden'. */
export function withinScope(ctx: Context, of: InvoiceScope): SQL | undefined {
  switch (of.kind) {
    case 'order':
      return eq(orders.secretHash, hashToken(of.secret));
    case 'account':
      return eq(orders.userId, requireAccount(ctx).userId);
    case 'organisation':
      return eq(invoices.issuerOrganisationId, requireOrganisation(ctx).organisationId);
    default:
      requireAdmin(ctx);
      return undefined;
  }
}

function like(search: string): string {
  return `%${search.replaceAll(/[\\%_]/g, '\\$&')}%`;
}
