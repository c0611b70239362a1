import { eq } from 'drizzle-orm';
import { type Context, inTransaction } from '#context.ts';
import { postFailedMail } from './failed-email.ts';
import { orders } from './tables.ts';

/** Mails a buyer whose payment is still refused; nothing when another try went through meanwhile. */
export async function tellFailedPayment(ctx: Context, { orderId }: { orderId: string }): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const [order] = await tx.db.select().from(orders).where(eq(orders.id, orderId)).for('update');
    if (order?.state === 'failed') await postFailedMail(tx, order);
  });
}
