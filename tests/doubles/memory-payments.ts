import { randomUUID } from 'node:crypto';
import type { Clock } from '#platform/clock.ts';
import { DomainError } from '#platform/errors.ts';
import type { OrderPaymentEvent } from '#platform/payments/payment-event.ts';
import type {
  PaymentIntent,
  PaymentProvider,
  SellerAccount,
  StartedIntent,
} from '#platform/payments/payments.ts';

export interface MemoryPayments extends PaymentProvider {
  readonly intents: Map<string, StartedIntent>;
  readonly refunds: Map<
    string,
    { refundId: string; state: 'succeeded'; intentId: string; amountCents: number }
  >;
  /** The buyer's money arrives, or does not: moves the intent and returns the notice the provider would send. */
  settle(intentId: string, kind: 'processing' | 'succeeded' | 'failed' | 'cancelled'): OrderPaymentEvent;
}

export function newMemoryPayments(clock: Clock): MemoryPayments {
  const intents = new Map<string, StartedIntent>();
  const byKey = new Map<string, string>();
  const refunds: MemoryPayments['refunds'] = new Map();
  const sellers = newMemorySellers();
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
      const refund = { refundId: randomUUID(), state: 'succeeded' as const, intentId, amountCents };
      refunds.set(idempotencyKey, refund);
      return refund;
    },
    getRefund: async ({ refundId }) => {
      const made = [...refunds.values()].find((refund) => refund.refundId === refundId);
      if (!made) throw new DomainError('not-found', { public: { key: 'orders.paymentUnknown' } });
      return { state: made.state };
    },
    getFee: async (id) =>
      find(id).state === 'succeeded' ? { feeCents: 25, currency: find(id).currency } : null,
    cancelIntent: async ({ intentId }) => {
      const intent: StartedIntent = { ...find(intentId), state: 'cancelled' };
      intents.set(intentId, intent);
      return intent;
    },
    ...sellers,
    readEvents: async (rawBody, headers) => {
      if (headers['x-memory-signature'] !== 'valid') {
        throw new DomainError('bad-input', { public: { key: 'orders.badSignature' } });
      }
      const event = JSON.parse(rawBody.toString());
      return [{ ...event, occurredAt: new Date(event.occurredAt) }];
    },
  };
}

type Sellers = Pick<
  PaymentProvider,
  | 'transfer'
  | 'reverseTransfer'
  | 'findTransfer'
  | 'findReversal'
  | 'createSellerAccount'
  | 'getSellerAccount'
  | 'startOnboarding'
  | 'getDispute'
  | 'keepEvidence'
>;

/** Sellers are ready at once, and every balance is deep enough. */
function newMemorySellers(): Sellers {
  const byKey = new Map<string, string>();
  const accounts = new Map<string, SellerAccount>();
  const once = (key: string): string => {
    const id = byKey.get(key) ?? randomUUID();
    byKey.set(key, id);
    return id;
  };
  const missing = async (): Promise<never> => {
    throw new DomainError('not-found', { public: { key: 'orders.paymentUnknown' } });
  };
  return {
    transfer: async ({ idempotencyKey }) => ({ transferId: once(idempotencyKey) }),
    reverseTransfer: async ({ idempotencyKey }) => ({
      outcome: 'reversed',
      reversalId: once(idempotencyKey),
    }),
    findTransfer: async ({ idempotencyKey }) => {
      const transferId = byKey.get(idempotencyKey);
      return transferId === undefined ? null : { transferId };
    },
    findReversal: async ({ idempotencyKey }) => {
      const reversalId = byKey.get(idempotencyKey);
      return reversalId === undefined ? null : { reversalId };
    },
    createSellerAccount: async ({ organisationId, idempotencyKey }) => {
      const nothing = { dueNow: [], dueLater: [], inReview: [], deadline: null, restrictedFor: null };
      const id = once(idempotencyKey);
      const account = { id, organisationId, canReceive: true, canPayOut: true, requirements: nothing };
      accounts.set(id, account);
      return account;
    },
    getSellerAccount: async (id) => accounts.get(id) ?? missing(),
    startOnboarding: async ({ returnUrl }) => ({ url: returnUrl, expiresAt: new Date(8.64e15) }),
    getDispute: missing,
    keepEvidence: missing,
  };
}
