import { eq, sql } from 'drizzle-orm';
import { type Context, inTransaction } from '#context.ts';
import { rows } from '#platform/db/rows.ts';
import { postLatePhotosMail } from './late-photos-email.ts';
import { orders } from './tables.ts';

const DAY_MS = 24 * 3600_000;
/** Photos come one by one while an event is read: the mail waits for a pause, but not for long. */
const PAUSE_MS = 20 * 60_000;
const MOST_WAIT_MS = 2 * 3600_000;
/** What a longer outage of the jobs leaves untold. */
const LOOK_BACK_MS = 14 * DAY_MS;
const MOST_AT_ONCE = 500;

/** Writes to the buyers whose orders photos joined by themselves, each at most once a day. Safe to run twice. */
export async function tellLatePhotos(ctx: Context): Promise<number> {
  const due = await rows<{ orderId: string }>(
    ctx.db,
    sql`select o.id as "orderId" from order_photos op join orders o on o.id = op.order_id
      where op.added_at > ${instant(ctx, LOOK_BACK_MS)} and ${untold(ctx)}
      group by o.id having max(op.added_at) <= ${instant(ctx, PAUSE_MS)} or min(op.added_at) <= ${instant(ctx, MOST_WAIT_MS)}
      order by o.id limit ${MOST_AT_ONCE}`,
  );
  for (const { orderId } of due) await inTransaction(ctx, (tx) => tell(tx, orderId));
  return due.length;
}

async function tell(tx: Context, orderId: string): Promise<void> {
  const [order] = await tx.db.select().from(orders).where(eq(orders.id, orderId)).for('update');
  const [counted] = await rows<{ joined: number; before: number; latest: string | null }>(
    tx.db,
    sql`select count(distinct op.photo_id) filter (where ${untold(tx)})::int as joined,
        to_char(max(op.added_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as latest,
        count(*) filter (where op.added_at <= o.delivered_at)::int as before
      from order_photos op join orders o on o.id = op.order_id where o.id = ${orderId}`,
  );
  if (!order || !counted?.latest || counted.joined === 0) return;
  const first = counted.before === 0 && order.photosToldAt === null;
  await postLatePhotosMail(tx, { order, joined: counted.joined, first, until: counted.latest });
  // Not now: what joins in this very moment, unseen by us, is told the next time.
  const photosToldAt = sql`${counted.latest}::timestamptz`;
  await tx.db.update(orders).set({ photosToldAt }).where(eq(orders.id, orderId));
}

function untold(ctx: Context) {
  return sql`(o.state = 'paid' and op.added_at > coalesce(o.photos_told_at, o.delivered_at)
    and (o.photos_told_at is null or o.photos_told_at <= ${instant(ctx, DAY_MS + MOST_WAIT_MS)}))`;
}

function instant(ctx: Context, agoMs: number) {
  return sql`${new Date(ctx.clock.now().getTime() - agoMs).toISOString()}::timestamptz`;
}
