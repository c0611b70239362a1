import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { DisputeView, PaymentProvider } from './payments.ts';
import { testProviderObjects } from './tables.ts';
import {
  enqueueNotice,
  type IntentRow,
  refusedByTestProvider,
  requireIntent,
  type TestProviderContext,
} from './test-provider-books.ts';
import { makeOnce, type ObjectRow, requireObject } from './test-provider-objects.ts';

/** Made up, near what banks in Europe cost; it stays also when the dispute is won. */
const FEE_CENTS = 2000;
const RESPOND_WITHIN_MS = 7 * 24 * 3600_000;

/** The buyer's bank takes the payment back, told `runAfterSeconds` later. */
export async function openTestDispute(
  ctx: TestProviderContext,
  intent: IntentRow,
  runAfterSeconds: number,
): Promise<void> {
  const { amountCents } = intent;
  const dispute = await makeOnce(
    ctx,
    {
      kind: 'dispute',
      idempotencyKey: `dispute/${intent.id}`,
      parentId: intent.id,
      amountCents,
      state: 'needs-response',
      request: {},
    },
    async () => {},
  );
  await enqueueNotice(
    ctx,
    intent,
    { type: 'dispute-opened', disputeId: dispute.id, amountCents },
    runAfterSeconds,
  );
}

export async function getTestDispute(ctx: TestProviderContext, id: string): Promise<DisputeView> {
  return toDispute(ctx, await requireObject(ctx.db, 'dispute', id));
}

export async function keepTestEvidence(
  ctx: TestProviderContext,
  input: Parameters<PaymentProvider['keepEvidence']>[0],
): Promise<DisputeView> {
  const { idempotencyKey, disputeId, submit } = input;
  const { document, ...texts } = input.evidence;
  const digest = document ? createHash('sha256').update(document.bytes).digest('hex') : null;
  const wanted = { kind: 'evidence' as const, idempotencyKey, parentId: disputeId };
  await makeOnce(ctx, { ...wanted, request: { submit, document: digest, ...texts } }, async (tx) => {
    const dispute = await requireObject(tx.db, 'dispute', disputeId);
    if (dispute.state !== 'needs-response') {
      throw refusedByTestProvider('conflict', 'the bank has the evidence already');
    }
    if (!submit) return;
    await tx.db
      .update(testProviderObjects)
      .set({ state: 'under-review' })
      .where(eq(testProviderObjects.id, disputeId));
  });
  return getTestDispute(ctx, disputeId);
}

async function toDispute(ctx: TestProviderContext, row: ObjectRow): Promise<DisputeView> {
  const intent = await requireIntent(ctx.db, row.parentId ?? '');
  const state = row.state === 'new' || row.state === 'ready' ? 'needs-response' : row.state;
  return {
    id: row.id,
    intentId: intent.id,
    amountCents: row.amountCents,
    currency: intent.currency,
    reason: 'fraudulent',
    state,
    refundable: false,
    fee: { cents: FEE_CENTS, currency: intent.currency },
    respondBy: new Date(row.createdAt.getTime() + RESPOND_WITHIN_MS),
    submissions: state === 'needs-response' ? 0 : 1,
  };
}
