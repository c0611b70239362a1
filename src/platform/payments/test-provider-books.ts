import { createHmac, timingSafeEqual } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Clock, Random } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Database } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import type { Queue } from '../queue/queue.ts';
import type { PaymentIntent } from './payments.ts';
import { testPaymentIntents } from './tables.ts';

export const DELIVER_TEST_EVENT = 'deliver-test-payment-event';
export const SETTLE_DELAYED_INTENT = 'settle-delayed-test-intent';

type TestPaymentsConfig = Pick<Config, 'nodeEnv' | 'allowTestPayments' | 'stripeSecretKey'>;

/** The part of the context that the test provider needs. */
export interface TestProviderContext {
  db: Database;
  clock: Clock;
  random: Random;
  queue: Pick<Queue, 'enqueue'>;
  config: Pick<Config, 'authSecret' | 'publicUrl'> & TestPaymentsConfig;
}

export type IntentRow = typeof testPaymentIntents.$inferSelect;

/** No money moves there, so a real shop must ask for it by name, and one with a real provider has none. */
export function allowsTestPayments(config: TestPaymentsConfig): boolean {
  return config.stripeSecretKey === null && (config.nodeEnv !== 'production' || config.allowTestPayments);
}

/** Throws 'unavailable' for a shop that has not asked for it. */
export function requireTestPayments(ctx: { config: TestPaymentsConfig }): void {
  if (allowsTestPayments(ctx.config)) return;
  throw new DomainError('unavailable', {
    public: { key: 'platform.paymentsOff' },
    internal: 'test payments are off: set ALLOW_TEST_PAYMENTS=true to allow them in production',
  });
}

/** Of its own purpose: whoever learns it can sign no session and no download. */
export function webhookSecret(config: Pick<Config, 'authSecret'>): string {
  return createHmac('sha256', config.authSecret).update('test payment notices').digest('hex');
}

export async function requireIntent(db: Database, intentId: string, lock = false): Promise<IntentRow> {
  const query = db.select().from(testPaymentIntents).where(eq(testPaymentIntents.id, intentId));
  const [row] = lock ? await query.for('update') : await query;
  if (row) return row;
  throw missingAtTestProvider();
}

export function requireIntentSecret(row: IntentRow, secret: string): void {
  const expected = Buffer.from(row.secret);
  const given = Buffer.from(secret);
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) throw missingAtTestProvider();
}

/** Writes the notice in the transaction that changes the books; the queue brings it to our door. */
export async function enqueueNotice(
  ctx: TestProviderContext,
  row: Pick<IntentRow, 'id' | 'orderId' | 'currency'> | null,
  notice: { type: string } & Record<string, string | number>,
  runAfterSeconds = 0,
): Promise<void> {
  const body = JSON.stringify({
    id: `evt_test_${ctx.random.token(18)}`,
    createdAt: ctx.clock.now().toISOString(),
    ...(row ? { intentId: row.id, orderId: row.orderId, currency: row.currency } : {}),
    ...notice,
  });
  await ctx.queue.enqueue(ctx.db, DELIVER_TEST_EVENT, { body }, { runAfterSeconds });
}

export function toIntent(row: IntentRow): PaymentIntent {
  const { id, amountCents, currency, state, orderId, refundedCents } = row;
  return { id, amountCents, currency, state, orderId, refundedCents };
}

export function missingAtTestProvider(): DomainError {
  return new DomainError('not-found', {
    public: { key: 'platform.paymentMissing' },
    internal: 'the test provider has no such thing, or the secret is another',
  });
}

export function refusedByTestProvider(code: 'bad-input' | 'conflict', internal: string): DomainError {
  return new DomainError(code, { public: { key: 'platform.paymentRefused' }, internal });
}

/** What a column of its books can hold. */
const MOST_CENTS = 2_147_483_647;

export function requireAmount(amountCents: number): void {
  if (Number.isSafeInteger(amountCents) && amountCents > 0 && amountCents <= MOST_CENTS) return;
  throw refusedByTestProvider('bad-input', 'not an amount to pay');
}
