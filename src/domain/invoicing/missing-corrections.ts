import { type SQL, sql } from 'drizzle-orm';

/**
 * Rows (refund_id, order_id, state, issuer, number, updated_at, issued_at) of refunds with parts on an issuer's invoice that
 * have no credit note though they left, or one that nothing undid though they failed; read-only.
 */
export function missingCorrections(): SQL {
  return sql`
    select distinct r.id as refund_id, r.order_id, r.state, r.updated_at, i.issuer, i.issued_at, n.number
    from refunds r
    join refund_lines part on part.refund_id = r.id and part.amount_cents > 0
    join invoices i on i.unique_key = 'invoice/' || r.order_id || '/' || i.issuer and i.order_id = r.order_id
      and i.content->'lines' @> jsonb_build_array(jsonb_build_object('lineId', part.line_id::text))
    left join invoices n on n.unique_key = 'credit-note/' || r.id || '/' || i.issuer
    left join invoices a on a.unique_key = 'invoice-again/' || r.id || '/' || i.issuer
    where (r.state = 'succeeded' and n.id is null) or (r.state = 'failed' and n.id is not null and a.id is null)`;
}
