import { and, eq } from 'drizzle-orm';
import { testPaymentIntents } from './tables.ts';
import {
  enqueueNotice,
  type IntentRow,
  requireIntent,
  requireIntentSecret,
  requireTestPayments,
  SETTLE_DELAYED_INTENT,
  type TestProviderContext,
} from './test-provider-books.ts';
import { openTestDispute } from './test-provider-disputes.ts';

export type TestChoice = 'succeed' | 'decline' | 'delay' | 'dispute';

/** What the provider's page shows. */
export interface TestIntentView {
  intentId: string;
  orderId: string;
  amountCents: number;
  currency: string;
  state: IntentRow['state'];
  returnUrl: string;
  locale: 'fr' | 'en';
}

const DELAY_SECONDS = 5;
const NEXT_STATE = {
  succeed: 'succeeded',
  decline: 'failed',
  delay: 'processing',
  dispute: 'succeeded',
} as const satisfies Record<TestChoice, IntentRow['state']>;

/** Throws 'not-found' for another's secret, and 'unavailable' where test payments are off. */
export async function getTestIntent(
  ctx: TestProviderContext,
  input: { intentId: string; secret: string },
): Promise<TestIntentView> {
  requireTestPayments(ctx);
  const row = await requireIntent(ctx.db, input.intentId);
  requireIntentSecret(row, input.secret);
  return toView(row);
}

/** Plays the buyer's card. A declined intent may be paid again; a settled one stays as it is. */
export async function settleTestIntent(
  ctx: TestProviderContext,
  input: { intentId: string; secret: string; choice: TestChoice },
): Promise<{ outcome: 'settled' | 'already-settled'; intent: TestIntentView }> {
  requireTestPayments(ctx);
  return ctx.db.transaction(async (db) => {
    const row = await requireIntent(db, input.intentId, true);
    requireIntentSecret(row, input.secret);
    if (row.state !== 'requires-payment' && row.state !== 'failed') {
      return { outcome: 'already-settled', intent: toView(row) };
    }
    const state = NEXT_STATE[input.choice];
    await db
      .update(testPaymentIntents)
      .set({ state })
      .where(and(eq(testPaymentIntents.id, row.id), eq(testPaymentIntents.state, row.state)));
    await tellOf({ ...ctx, db }, row, input.choice);
    return { outcome: 'settled', intent: toView({ ...row, state }) };
  });
}

/** The second half of 'delay'. Safe to run twice. */
export async function settleDelayedIntent(
  ctx: TestProviderContext,
  input: { intentId: string },
): Promise<void> {
  await ctx.db.transaction(async (db) => {
    const row = await requireIntent(db, input.intentId, true);
    if (row.state !== 'processing') return;
    await db
      .update(testPaymentIntents)
      .set({ state: 'succeeded' })
      .where(and(eq(testPaymentIntents.id, row.id), eq(testPaymentIntents.state, 'processing')));
    await enqueueNotice({ ...ctx, db }, row, { type: 'succeeded', amountCents: row.amountCents });
  });
}

async function tellOf(ctx: TestProviderContext, row: IntentRow, choice: TestChoice): Promise<void> {
  const { amountCents } = row;
  await enqueueNotice(ctx, row, { type: NEXT_STATE[choice], amountCents });
  if (choice === 'delay') {
    await ctx.queue.enqueue(
      ctx.db,
      SETTLE_DELAYED_INTENT,
      { intentId: row.id },
      { runAfterSeconds: DELAY_SECONDS },
    );
  }
  if (choice === 'dispute') {
    await openTestDispute(ctx, row, DELAY_SECONDS);
  }
}

function toView(row: IntentRow): TestIntentView {
  const { id, orderId, amountCents, currency, state, returnUrl, locale } = row;
  return { intentId: id, orderId, amountCents, currency, state, returnUrl, locale };
}
