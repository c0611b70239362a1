import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { PaymentEvent } from './payment-event.ts';
import { requireSignature } from './payment-signature.ts';
import type { PaymentIntent, PaymentProvider, StartedIntent } from './payments.ts';
import { testPaymentIntents } from './tables.ts';
import { openTestOnboarding } from './test-onboarding.ts';
import {
  enqueueNotice,
  type IntentRow,
  missingAtTestProvider,
  refusedByTestProvider,
  requireAmount,
  requireIntent,
  type TestProviderContext,
  toIntent,
  webhookSecret,
} from './test-provider-books.ts';
import { getTestDispute, keepTestEvidence } from './test-provider-disputes.ts';
import { testFee } from './test-provider-fee.ts';
import { makeOnce } from './test-provider-objects.ts';
import {
  createTestSeller,
  findTestReversal,
  findTestTransfer,
  getTestSeller,
  reverseTestTransfer,
  testTransfer,
} from './test-provider-sellers.ts';

export const TEST_SIGNATURE_HEADER = 'test-payment-signature';

type CreateInput = Parameters<PaymentProvider['createIntent']>[0];
type RefundInput = Parameters<PaymentProvider['refund']>[0];
type CancelInput = Parameters<PaymentProvider['cancelIntent']>[0];

/** A provider that moves no money and else behaves like one: own books, own page, signed notices over HTTP. */
export function openTestProvider(ctx: TestProviderContext): PaymentProvider {
  return {
    name: 'test',
    createIntent: (input) => createIntent(ctx, input),
    getIntent: async (id) => toIntent(await requireIntent(ctx.db, id)),
    refund: (input) => refund(ctx, input),
    getRefund: (input) => getRefund(ctx, input),
    cancelIntent: (input) => cancel(ctx, input),
    getFee: async (intentId) => testFee(await requireIntent(ctx.db, intentId)),
    transfer: (input) => testTransfer(ctx, input),
    reverseTransfer: (input) => reverseTestTransfer(ctx, input),
    findTransfer: (input) => findTestTransfer(ctx, input),
    findReversal: (input) => findTestReversal(ctx, input),
    createSellerAccount: (input) => createTestSeller(ctx, input),
    getSellerAccount: (id) => getTestSeller(ctx, id),
    startOnboarding: (input) => openTestOnboarding(ctx, input),
    getDispute: (id) => getTestDispute(ctx, id),
    keepEvidence: (input) => keepTestEvidence(ctx, input),
    async readEvents(rawBody, headers) {
      requireSignature(webhookSecret(ctx.config), rawBody, headers[TEST_SIGNATURE_HEADER], ctx.clock.now());
      return [await readEvent(ctx, rawBody)];
    },
  };
}

async function createIntent(ctx: TestProviderContext, input: CreateInput): Promise<StartedIntent> {
  requireOwnAddress(ctx, input.returnUrl);
  requireAmount(input.amountCents);
  await ctx.db
    .insert(testPaymentIntents)
    .values({
      ...input,
      id: `pi_test_${ctx.random.token(18)}`,
      state: 'requires-payment',
      secret: ctx.random.token(24),
      refunds: {},
      createdAt: ctx.clock.now(),
    })
    .onConflictDoNothing({ target: testPaymentIntents.idempotencyKey });
  const [row] = await ctx.db
    .select()
    .from(testPaymentIntents)
    .where(eq(testPaymentIntents.idempotencyKey, input.idempotencyKey));
  if (!row || !isSameIntent(row, input))
    throw refusedByTestProvider('conflict', 'the idempotency key was used for another intent');
  const url = `${ctx.config.publicUrl}/${row.locale}/test-payment/${row.id}?secret=${row.secret}`;
  return { ...toIntent(row), next: { kind: 'redirect', url } };
}

function isSameIntent(row: IntentRow, input: CreateInput): boolean {
  return (
    row.orderId === input.orderId && row.amountCents === input.amountCents && row.currency === input.currency
  );
}

async function refund(
  ctx: TestProviderContext,
  input: RefundInput,
): Promise<{ refundId: string; state: 'succeeded' }> {
  requireAmount(input.amountCents);
  return ctx.db.transaction(async (db) => {
    const row = await requireIntent(db, input.intentId, true);
    const known = row.refunds[input.idempotencyKey];
    if (known) {
      if (known.amountCents === input.amountCents) return { refundId: known.refundId, state: 'succeeded' };
      throw refusedByTestProvider('conflict', 'the idempotency key was used for another refund');
    }
    if (row.state !== 'succeeded' || row.refundedCents + input.amountCents > row.amountCents) {
      throw refusedByTestProvider('conflict', 'more would be refunded than was paid');
    }
    const refundId = `re_test_${ctx.random.token(18)}`;
    await db
      .update(testPaymentIntents)
      .set({
        refundedCents: row.refundedCents + input.amountCents,
        refunds: { ...row.refunds, [input.idempotencyKey]: { refundId, amountCents: input.amountCents } },
      })
      .where(and(eq(testPaymentIntents.id, row.id), eq(testPaymentIntents.refundedCents, row.refundedCents)));
    await enqueueNotice({ ...ctx, db }, row, {
      type: 'refunded',
      refundId,
      refundedCents: input.amountCents,
    });
    return { refundId, state: 'succeeded' };
  });
}

async function getRefund(
  ctx: TestProviderContext,
  { intentId, refundId }: Parameters<PaymentProvider['getRefund']>[0],
): Promise<{ state: 'succeeded' }> {
  const { refunds } = await requireIntent(ctx.db, intentId);
  if (Object.values(refunds).some((made) => made.refundId === refundId)) return { state: 'succeeded' };
  throw missingAtTestProvider();
}

async function cancel(ctx: TestProviderContext, input: CancelInput): Promise<PaymentIntent> {
  const { intentId, idempotencyKey } = input;
  await makeOnce(ctx, { kind: 'cancel', idempotencyKey, parentId: intentId, request: {} }, async (tx) => {
    const row = await requireIntent(tx.db, intentId, true);
    if (row.state !== 'requires-payment' && row.state !== 'failed') {
      throw refusedByTestProvider('conflict', `an intent that is ${row.state} cannot be cancelled`);
    }
    await tx.db
      .update(testPaymentIntents)
      .set({ state: 'cancelled' })
      .where(and(eq(testPaymentIntents.id, row.id), eq(testPaymentIntents.state, row.state)));
    await enqueueNotice(tx, row, { type: 'cancelled', amountCents: row.amountCents });
  });
  return toIntent(await requireIntent(ctx.db, intentId));
}

const cents = z.int().min(0).max(2_147_483_647);
const told = { id: z.string().min(1).max(200), createdAt: z.iso.datetime() };
const common = {
  ...told,
  intentId: z.string().min(1).max(200),
  orderId: z.string().max(200).nullable(),
  currency: z.string().regex(/^[a-z]{3}$/),
};
const notice = z.discriminatedUnion('type', [
  z.object({
    ...common,
    type: z.enum(['processing', 'succeeded', 'failed', 'cancelled']),
    amountCents: cents,
  }),
  z.object({ ...common, type: z.literal('refunded'), refundId: z.string(), refundedCents: cents }),
  z.object({
    ...common,
    type: z.enum(['dispute-opened', 'dispute-won', 'dispute-lost']),
    disputeId: z.string(),
    amountCents: cents,
  }),
  z.object({ ...told, type: z.literal('seller-updated'), accountId: z.string().max(200) }),
]);

async function readEvent(ctx: TestProviderContext, rawBody: Buffer): Promise<PaymentEvent> {
  const parsed = z
    .string()
    .transform((text, check) => {
      try {
        return JSON.parse(text);
      } catch {
        check.addIssue({ code: 'custom', message: 'not JSON' });
        return z.NEVER;
      }
    })
    .pipe(notice)
    .safeParse(rawBody.toString('utf8'));
  if (!parsed.success) throw refusedByTestProvider('bad-input', 'a signed notice has not the form of one');
  if (parsed.data.type === 'seller-updated') {
    const { id, createdAt, accountId } = parsed.data;
    const account = await getTestSeller(ctx, accountId);
    return { id, kind: 'seller-updated', occurredAt: new Date(createdAt), account };
  }
  const { type, createdAt, ...facts } = parsed.data;
  // `type` and the fields beside it belong together as in the schema, which destructuring hides from TypeScript.
  return { ...facts, kind: type, occurredAt: new Date(createdAt) } as PaymentEvent;
}

/** Else the provider's page would lead buyers anywhere. */
function requireOwnAddress(ctx: TestProviderContext, returnUrl: string): void {
  if (URL.parse(returnUrl)?.origin !== new URL(ctx.config.publicUrl).origin) {
    throw refusedByTestProvider('bad-input', 'the return address is not ours');
  }
}
