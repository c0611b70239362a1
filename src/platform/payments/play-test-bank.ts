import { and, desc, eq } from 'drizzle-orm';
import type { Database } from '../db/database.ts';
import { testProviderObjects } from './tables.ts';
import {
  enqueueNotice,
  requireIntent,
  requireIntentSecret,
  requireTestPayments,
  type TestProviderContext,
} from './test-provider-books.ts';
import { openTestDispute } from './test-provider-disputes.ts';
import type { ObjectRow } from './test-provider-objects.ts';

/** What the buyer's bank may do with a payment that has arrived. */
export type BankChoice = 'dispute' | 'win' | 'lose';

/** What it may do now: take a payment back once, and then say whom it believes. */
export async function listBankChoices(
  ctx: TestProviderContext,
  input: { intentId: string; secret: string },
): Promise<BankChoice[]> {
  requireTestPayments(ctx);
  const row = await requireIntent(ctx.db, input.intentId);
  requireIntentSecret(row, input.secret);
  if (row.state !== 'succeeded') return [];
  const dispute = await findDispute(ctx.db, row.id);
  if (!dispute) return row.refundedCents < row.amountCents ? ['dispute'] : [];
  return isOpen(dispute) ? ['win', 'lose'] : [];
}

/** Plays the buyer's bank; the notice follows. What may not be done now changes nothing. */
export async function playTestBank(
  ctx: TestProviderContext,
  input: { intentId: string; secret: string; choice: BankChoice },
): Promise<'played' | 'too-late'> {
  requireTestPayments(ctx);
  return ctx.db.transaction(async (db) => {
    const tx = { ...ctx, db };
    const row = await requireIntent(db, input.intentId, true);
    if (!(await listBankChoices(tx, input)).includes(input.choice)) return 'too-late';
    if (input.choice === 'dispute') {
      await openTestDispute(tx, row, 0);
      return 'played';
    }
    const dispute = await findDispute(db, row.id);
    if (!dispute) return 'too-late';
    const state = input.choice === 'win' ? 'won' : 'lost';
    await db
      .update(testProviderObjects)
      .set({ state })
      .where(and(eq(testProviderObjects.id, dispute.id), eq(testProviderObjects.state, dispute.state)));
    const { id: disputeId, amountCents } = dispute;
    await enqueueNotice(tx, row, { type: `dispute-${state}`, disputeId, amountCents });
    return 'played';
  });
}

async function findDispute(db: Database, intentId: string): Promise<ObjectRow | null> {
  const [dispute] = await db
    .select()
    .from(testProviderObjects)
    .where(and(eq(testProviderObjects.kind, 'dispute'), eq(testProviderObjects.parentId, intentId)))
    .orderBy(desc(testProviderObjects.createdAt))
    .limit(1);
  return dispute ?? null;
}

function isOpen({ state }: ObjectRow): boolean {
  return state === 'needs-response' || state === 'under-review';
}
