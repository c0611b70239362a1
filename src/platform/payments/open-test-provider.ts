import { createHash } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { DomainError } from '../errors.ts';
import { requireSignature } from './payment-signature.ts';
import type { PaymentEvent, PaymentProvider, StartedIntent } from './payments.ts';
import { testPaymentIntents } from './tables.ts';
import {
  enqueueNotice,
  type IntentRow,
  requireIntent,
  type TestProviderContext,
  toIntent,
  webhookSecret,
} from './test-provider-books.ts';

export const TEST_SIGNATURE_HEADER = 'test-payment-signature';

type CreateInput = Parameters<PaymentProvider['createIntent']>[0];
type RefundInput = Parameters<PaymentProvider['refund']>[0];
type TransferInput = Parameters<PaymentProvider['transfer']>[0];

/** A provider that moves no money and else behaves like one: own books, own page, signed notices over HTTP. */
export function openTestProvider(ctx: TestProviderContext): PaymentProvider {
  return {
    name: 'test',
    createIntent: (input) => createIntent(ctx, input),
    getIntent: async (id) => toIntent(await requireIntent(ctx.db, id)),
    refund: (input) => refund(ctx, input),
    transfer: (input) => transfer(ctx, input),
    async verifyEvent(rawBody, headers) {
      requireSignature(webhookSecret(ctx.config), rawBody, headers[TEST_SIGNATURE_HEADER], ctx.clock.now());
      return parseEvent(rawBody);
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
    throw refused('conflict', 'the idempotency key was used for another intent');
  const url = `${ctx.config.publicUrl}/${row.locale}/test-payment/${row.id}?secret=${row.secret}`;
  return { ...toIntent(row), next: { kind: 'redirect', url } };
}

function isSameIntent(row: IntentRow, input: CreateInput): boolean {
  return (
    row.orderId === input.orderId && row.amountCents === input.amountCents && row.currency === input.currency
  );
}

async function refund(ctx: TestProviderContext, input: RefundInput): Promise<{ refundId: string }> {
  requireAmount(input.amountCents);
  return ctx.db.transaction(async (db) => {
    const row = await requireIntent(db, input.intentId, true);
    const known = row.refunds[input.idempotencyKey];
    if (known) {
      if (known.amountCents === input.amountCents) return { refundId: known.refundId };
      throw refused('conflict', 'the idempotency key was used for another refund');
    }
    if (row.state !== 'succeeded' || row.refundedCents + input.amountCents > row.amountCents) {
      throw refused('conflict', 'more would be refunded than was paid');
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
    return { refundId };
  });
}

/** Nothing is kept of a transfer but its id, which its key alone decides. */
async function transfer(ctx: TestProviderContext, input: TransferInput): Promise<{ transferId: string }> {
  requireAmount(input.amountCents);
  const row = await requireIntent(ctx.db, input.intentId);
  if (row.state !== 'succeeded' || row.currency !== input.currency || input.amountCents > row.amountCents) {
    throw refused('conflict', 'the transfer does not fit its payment');
  }
  const digest = createHash('sha256').update(input.idempotencyKey).digest('base64url').slice(0, 24);
  return { transferId: `tr_test_${digest}` };
}

const cents = z.int().min(0).max(2_147_483_647);
const common = {
  id: z.string().min(1).max(200),
  createdAt: z.iso.datetime(),
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
]);

function parseEvent(rawBody: Buffer): PaymentEvent {
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
  if (!parsed.success) throw refused('bad-input', 'a signed notice has not the form of one');
  const { type, createdAt, ...facts } = parsed.data;
  // `type` and the fields beside it belong together as in the schema, which destructuring hides from TypeScript.
  return { ...facts, kind: type, occurredAt: new Date(createdAt) } as PaymentEvent;
}

function requireAmount(amountCents: number): void {
  if (!Number.isSafeInteger(amountCents) || amountCents <= 0)
    throw refused('bad-input', 'not an amount to pay');
}

/** Else the provider's page would lead buyers anywhere. */
function requireOwnAddress(ctx: TestProviderContext, returnUrl: string): void {
  if (URL.parse(returnUrl)?.origin !== new URL(ctx.config.publicUrl).origin) {
    throw refused('bad-input', 'the return address is not ours');
  }
}

function refused(code: 'bad-input' | 'conflict', internal: string): DomainError {
  return new DomainError(code, { public: { key: 'platform.paymentRefused' }, internal });
}
