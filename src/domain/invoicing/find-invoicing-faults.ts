import { sql } from 'drizzle-orm';
import type { Context } from '#context.ts';
import type { Fault } from '#domain/audit/fault.ts';
import { requireSystem } from '#domain/photos/require-system.ts';
import { rows } from '#platform/db/rows.ts';
import { platformIssuer } from './issuer.ts';
import { missingCorrections } from './missing-corrections.ts';
import { unbilledOrders } from './unbilled-orders.ts';

const MOST = 1000;
/** A job and its retries have that long. */
const PATIENCE_MS = 3_600_000;

/** Numbers with gaps, papers whose lines do not sum to them, papers that are missing, and more taken back than was invoiced. */
export async function findInvoicingFaults(ctx: Context): Promise<Fault[]> {
  requireSystem(ctx);
  const before = new Date(ctx.clock.now().getTime() - PATIENCE_MS).toISOString();
  return [
    ...(await findGaps(ctx)),
    ...(await findWrongSums(ctx)),
    ...(await findUnbilled(ctx, before)),
    ...(await findTakenTooMuch(ctx)),
    ...(await findMissingCorrections(ctx, before)),
  ];
}

async function findGaps(ctx: Context): Promise<Fault[]> {
  const found = await rows<{ subject: string; papers: number; last: number; next: number }>(
    ctx.db,
    sql`
      select coalesce(s.issuer, i.series) as subject, coalesce(i.papers, 0)::int as papers,
        coalesce(i.last, 0)::int as last, coalesce(s.next_number, 0)::int as next
      from invoice_series s
      full join (
        select issuer || '/' || substr(number, 3, 4) as series, count(*) as papers,
          max(substr(number, 8)::int) as last
        from invoices group by 1
      ) i on i.series = s.issuer
      where coalesce(i.papers, 0) <> coalesce(i.last, 0) or coalesce(s.next_number, 0) <> coalesce(i.last, 0) + 1
      limit ${MOST}`,
  );
  return found.map(({ subject, papers, last, next }) => ({
    rule: 'invoice-numbers',
    subject,
    detail: `${papers} papers, the last is ${last}, the next would be ${next}`,
  }));
}

async function findWrongSums(ctx: Context): Promise<Fault[]> {
  const found = await rows<{ subject: string; total: number; vat: number; lines: number; linesVat: number }>(
    ctx.db,
    sql`
      select i.id::text as subject, i.total_cents as total, i.vat_cents as vat, l.total as lines, l.vat as "linesVat"
      from invoices i
      cross join lateral (
        select coalesce(sum((line->>'totalCents')::int), 0)::int as total,
          coalesce(sum((line->>'vatCents')::int), 0)::int as vat
        from jsonb_array_elements(i.content->'lines') as line
      ) l
      where i.total_cents <> l.total or i.vat_cents <> l.vat
      limit ${MOST}`,
  );
  return found.map(({ subject, total, vat, lines, linesVat }) => ({
    rule: 'invoice-sums',
    subject,
    detail: `total ${total} with VAT ${vat}, lines ${lines} with ${linesVat}`,
  }));
}

async function findUnbilled(ctx: Context, before: string): Promise<Fault[]> {
  const found = await rows<{ subject: string; issuer: string }>(
    ctx.db,
    sql`
      select distinct unbilled.order_id::text as subject, unbilled.issuer
      from (${unbilledOrders(ctx.config)}) as unbilled
      left join tax_profiles t on t.organisation_id::text = unbilled.issuer
      where unbilled.paid_at < ${before}::timestamptz
        and (t.updated_at < ${before}::timestamptz
          or (unbilled.issuer = 'platform' and ${platformIssuer(ctx.config) !== null}))
      limit ${MOST}`,
  );
  return found.map(({ subject, issuer }) => ({
    rule: 'invoice-of-paid-order',
    subject,
    detail: `paid, and not invoiced by ${issuer}`,
  }));
}

async function findTakenTooMuch(ctx: Context): Promise<Fault[]> {
  const found = await rows<{ subject: string; issuer: string; cents: number; vat: number }>(
    ctx.db,
    sql`
      select order_id::text as subject, issuer,
        sum(case kind when 'invoice' then total_cents else -total_cents end)::int as cents,
        sum(case kind when 'invoice' then vat_cents else -vat_cents end)::int as vat
      from invoices
      group by order_id, issuer
      having sum(case kind when 'invoice' then total_cents else -total_cents end) < 0
        or sum(case kind when 'invoice' then vat_cents else -vat_cents end) < 0
      limit ${MOST}`,
  );
  return found.map(({ subject, issuer, cents, vat }) => ({
    rule: 'credit-notes-within-invoice',
    subject,
    detail: `${issuer}: ${cents} left, of it VAT ${vat}`,
  }));
}

/** Of each refund, parts on lines that stand on an issuer's invoice: it has a credit note, undone again if the refund failed. */
async function findMissingCorrections(ctx: Context, before: string): Promise<Fault[]> {
  const found = await rows<{ subject: string; state: string; issuer: string; number: string | null }>(
    ctx.db,
    sql`
      select refund_id::text as subject, state, issuer, number
      from (${missingCorrections()}) as missing
      where updated_at < ${before}::timestamptz and issued_at < ${before}::timestamptz
      limit ${MOST}`,
  );
  return found.map(({ subject, state, issuer, number }) => ({
    rule: 'credit-note-of-refund',
    subject,
    detail: `${state}, credit note of ${issuer}: ${number ?? 'none'}`,
  }));
}
