import { randomUUID } from 'node:crypto';
import type { Clock } from '#platform/clock.ts';
import { DomainError } from '#platform/errors.ts';
import type {
  PaymentEvent,
  PaymentIntent,
  PaymentProvider,
  StartedIntent,
} from '#platform/payments/payments.ts';

export interface MemoryPayments extends PaymentProvider {
  readonly intents: Map<string, StartedIntent>;
  readonly refunds: Map<string, { refundId: string; intentId: string; amountCents: number }>;
  /** The buyer's money arrives, or does not: moves the intent and returns the notice the provider would send. */
  settle(intentId: string, kind: 'processing' | 'succeeded' | 'failed' | 'cancelled'): PaymentEvent;
}

export function newMemoryPayments(clock: Clock): MemoryPayments {
  const intents = new Map<string, StartedIntent>();
  const byKey = new Map<string, string>();
  const refunds: MemoryPayments['refunds'] = new Map();
  const transfers = new Map<string, string>();
  const find = (id: string): StartedIntent => {
    const intent = intents.get(id);
    if (!intent) throw new DomainError('not-found', { public: { key: 'orders.paymentUnknown' } });
    return intent;
  };
  return {
    name: 'test',
    intents,
    refunds,
    settle: (intentId, kind) => {
      const intent = find(intentId);
      intents.set(intentId, { ...intent, state: kind });
      const { orderId, amountCents, currency } = intent;
      return { id: randomUUID(), intentId, orderId, occurredAt: clock.now(), kind, amountCents, currency };
    },
    createIntent: async ({ idempotencyKey, returnUrl, locale: _locale, ...money }) => {
      const known = byKey.get(idempotencyKey);
      if (known) return find(known);
      const id = `memory_${randomUUID()}`;
      byKey.set(idempotencyKey, id);
      const intent: StartedIntent = {
        id,
        ...money,
        state: 'requires-payment',
        refundedCents: 0,
        next: { kind: 'redirect', url: `${returnUrl}?intent=${id}` },
      };
      intents.set(id, intent);
      return intent;
    },
    getIntent: async (id): Promise<PaymentIntent> => find(id),
    refund: async ({ intentId, amountCents, idempotencyKey }) => {
      const known = refunds.get(idempotencyKey);
      if (known) return known;
      const intent = find(intentId);
      intents.set(intentId, { ...intent, refundedCents: intent.refundedCents + amountCents });
      const refund = { refundId: randomUUID(), intentId, amountCents };
      refunds.set(idempotencyKey, refund);
      return refund;
    },
    transfer: async ({ idempotencyKey }) => {
      const transferId = transfers.get(idempotencyKey) ?? randomUUID();
      transfers.set(idempotencyKey, transferId);
      return { transferId };
    },
    verifyEvent: async (rawBody, headers) => {
      if (headers['x-memory-signature'] !== 'valid') {
        throw new DomainError('bad-input', { public: { key: 'orders.badSignature' } });
      }
      const event = JSON.parse(rawBody.toString());
      return { ...event, occurredAt: new Date(event.occurredAt) };
    },
  };
}
