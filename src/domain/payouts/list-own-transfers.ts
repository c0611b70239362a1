import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Context } from '#context.ts';
import { rows } from '#platform/db/rows.ts';
import { parseInput } from '#platform/parse-input.ts';
import { requireOrganisation } from '../accounts/require-account.ts';

export interface OwnTransfer {
  transferId: string;
  orderNumber: string;
  /** An event of the order that is the organisation's own, or that it organises; null when it is gone. */
  event: { eventId: string; name: string; own: boolean } | null;
  role: 'seller' | 'organiser';
  /** Before refunds and debts. */
  shareCents: number;
  /** Of the order, owed now and not sent. */
  dueCents: number;
  sentCents: number;
  reversedCents: number;
  currency: string;
  state: 'held' | 'sending' | 'sent' | 'nothing-left';
  /** A bank has not decided yet, and nothing of the order is sent. */
  disputed: boolean;
  createdAt: Date;
}

export const listOwnTransfersInput = z.object({
  /** The last one seen: its instant and id. */
  after: z
    .string()
    .regex(/^\d{13}_[0-9a-f-]{36}$/)
    .optional(),
  limit: z.int().min(1).max(200).default(50),
});

/** The own organisation's parts of paid orders, newest first. `next` is the address of the following page. */
export async function listOwnTransfers(
  ctx: Context,
  input: z.input<typeof listOwnTransfersInput>,
): Promise<{ transfers: OwnTransfer[]; next: string | null }> {
  const { organisationId } = requireOrganisation(ctx);
  const { after, limit } = parseInput(listOwnTransfersInput, input);
  const [millis = '', id = ''] = after?.split('_') ?? [];
  const before = after ? new Date(Number(millis)).toISOString() : null;
  const found = await rows<Omit<OwnTransfer, 'createdAt'> & { createdAt: string }>(
    ctx.db,
    sql`
      select t.id as "transferId", o.number as "orderNumber", t.role,
        t.share_cents as "shareCents", t.sent_cents as "sentCents", t.reversed_cents as "reversedCents",
        (select coalesce(-sum(n.amount), 0)::int from ledger_movements m
          join ledger_entries n on n.movement_id = m.id
          join ledger_accounts a on a.id = n.account_id and a.kind = t.role and a.owner = ${organisationId}
          where m.order_id = t.order_id) as "dueCents",
        t.currency, t.state,
        exists (select 1 from payment_events d where d.order_id = o.id and d.outcome = 'counted'
          and d.kind = 'dispute-opened' and not exists (select 1 from payment_events v
            where v.order_id = o.id and v.outcome = 'counted' and v.subject_id = d.subject_id
              and v.kind in ('dispute-won', 'dispute-lost'))) as disputed,
        (extract(epoch from date_trunc('milliseconds', t.created_at)) * 1000)::bigint::text as "createdAt",
        (select jsonb_build_object('eventId', e.id, 'name', e.name, 'own', e.organisation_id = ${organisationId}::uuid)
          from order_lines l join events e on e.id = l.event_id
          where l.order_id = o.id and (e.organisation_id = ${organisationId}::uuid
            or l.terms ->> 'organiserId' = ${organisationId})
          order by l.position limit 1) as event
      from transfers t join orders o on o.id = t.order_id
      where t.organisation_id = ${organisationId}::uuid
        ${before ? sql`and (date_trunc('milliseconds', t.created_at), t.id) < (${before}::timestamptz, ${id}::uuid)` : sql``}
      order by date_trunc('milliseconds', t.created_at) desc, t.id desc
      limit ${limit + 1}`,
  );
  const page = found.slice(0, limit).map((row) => ({ ...row, createdAt: new Date(Number(row.createdAt)) }));
  const last = found.length > limit ? page.at(-1) : undefined;
  return { transfers: page, next: last ? `${last.createdAt.getTime()}_${last.transferId}` : null };
}
