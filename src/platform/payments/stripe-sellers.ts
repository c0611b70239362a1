import type Stripe from 'stripe';
import { DomainError } from '../errors.ts';
import type { PaymentProvider, SellerAccount } from './payments.ts';
import { toStripeAmount } from './stripe-amount.ts';
import { askStripe, stripeCode } from './stripe-client.ts';
import { fetchIntent, idOf } from './stripe-intents.ts';

type Input<
  Verb extends
    | 'createSellerAccount'
    | 'startOnboarding'
    | 'transfer'
    | 'reverseTransfer'
    | 'findTransfer'
    | 'findReversal',
> = Parameters<PaymentProvider[Verb]>[0];

/** The platform collects, pays the fees and bears the losses; Stripe asks the seller for papers and gives them a small dashboard. */
export async function createSellerAccount(
  stripe: Stripe,
  input: Input<'createSellerAccount'>,
): Promise<SellerAccount> {
  const { organisationId, email, country, idempotencyKey } = input;
  const account = await askStripe(() =>
    stripe.accounts.create(
      {
        country,
        email,
        controller: {
          fees: { payer: 'application' },
          losses: { payments: 'application' },
          requirement_collection: 'stripe',
          stripe_dashboard: { type: 'express' },
        },
        capabilities: { transfers: { requested: true } },
        metadata: { organisationId },
      },
      { idempotencyKey },
    ),
  );
  return toSellerAccount(account);
}

export async function getSellerAccount(stripe: Stripe, id: string): Promise<SellerAccount> {
  return toSellerAccount(await askStripe(() => stripe.accounts.retrieve(id)));
}

export async function startOnboarding(
  stripe: Stripe,
  input: Input<'startOnboarding'>,
): Promise<{ url: string; expiresAt: Date }> {
  const { accountId, returnUrl, refreshUrl, idempotencyKey } = input;
  const link = await askStripe(() =>
    stripe.accountLinks.create(
      {
        account: accountId,
        type: 'account_onboarding',
        return_url: returnUrl,
        refresh_url: refreshUrl,
        collection_options: { fields: 'eventually_due' },
      },
      { idempotencyKey },
    ),
  );
  return { url: link.url, expiresAt: new Date(link.expires_at * 1000) };
}

/** Stripe forgets an idempotency key within a month, and what is kept with a thing never. */
const KEY = 'idempotencyKey';

/** `source_transaction` lets the money follow before it has settled; without it, it comes from what is available. */
export async function transfer(stripe: Stripe, input: Input<'transfer'>): Promise<{ transferId: string }> {
  const { intentId, destinationId: destination, currency, idempotencyKey } = input;
  const amount = toStripeAmount(input.amountCents, currency);
  const intent = await fetchIntent(stripe, intentId);
  const charge = idOf(intent.latest_charge);
  if (intent.status !== 'succeeded' || charge === null) {
    throw new DomainError('conflict', {
      public: { key: 'platform.paymentRefused' },
      internal: 'nothing was paid that could be transferred',
    });
  }
  const made = await askStripe(() =>
    stripe.transfers.create(
      {
        amount,
        currency,
        destination,
        ...(input.outOf === 'payment' ? { source_transaction: charge } : {}),
        metadata: { ...intent.metadata, [KEY]: idempotencyKey },
        ...(intent.transfer_group ? { transfer_group: intent.transfer_group } : {}),
      },
      { idempotencyKey },
    ),
  );
  return { transferId: made.id };
}

const BALANCE_TOO_LOW = new Set(['balance_insufficient', 'insufficient_funds']);

export async function reverseTransfer(
  stripe: Stripe,
  input: Input<'reverseTransfer'>,
): Promise<{ outcome: 'reversed'; reversalId: string } | { outcome: 'balance-too-low' }> {
  const { transferId, idempotencyKey } = input;
  const { currency } = await askStripe(() => stripe.transfers.retrieve(transferId));
  const amount = toStripeAmount(input.amountCents, currency);
  try {
    const made = await askStripe(() =>
      stripe.transfers.createReversal(
        transferId,
        { amount, metadata: { [KEY]: idempotencyKey } },
        { idempotencyKey },
      ),
    );
    return { outcome: 'reversed', reversalId: made.id };
  } catch (error) {
    if (BALANCE_TOO_LOW.has(stripeCode(error) ?? '')) return { outcome: 'balance-too-low' };
    throw error;
  }
}

/** The most that Stripe gives at once. */
const PAGE = 100;

export async function findTransfer(
  stripe: Stripe,
  { intentId, idempotencyKey }: Input<'findTransfer'>,
): Promise<{ transferId: string } | null> {
  const { transfer_group: group } = await fetchIntent(stripe, intentId);
  const within = group ? { transfer_group: group, limit: PAGE } : { limit: PAGE };
  const transferId = await idUnder(idempotencyKey, () => stripe.transfers.list(within));
  return transferId === null ? null : { transferId };
}

export async function findReversal(
  stripe: Stripe,
  { transferId, idempotencyKey }: Input<'findReversal'>,
): Promise<{ reversalId: string } | null> {
  const list = () => stripe.transfers.listReversals(transferId, { limit: PAGE });
  const reversalId = await idUnder(idempotencyKey, list);
  return reversalId === null ? null : { reversalId };
}

function idUnder(
  idempotencyKey: string,
  list: () => AsyncIterable<{ id: string; metadata: Stripe.Metadata | null }>,
): Promise<string | null> {
  return askStripe(async () => {
    for await (const { id, metadata } of list()) if (metadata?.[KEY] === idempotencyKey) return id;
    return null;
  });
}

export function toSellerAccount(account: Stripe.Account): SellerAccount {
  const { requirements } = account;
  const due = new Set([...(requirements?.currently_due ?? []), ...(requirements?.past_due ?? [])]);
  const deadline = requirements?.current_deadline ?? null;
  return {
    id: account.id,
    organisationId: account.metadata?.organisationId ?? null,
    canReceive: account.capabilities?.transfers === 'active',
    canPayOut: account.payouts_enabled,
    requirements: {
      dueNow: [...due],
      dueLater: (requirements?.eventually_due ?? []).filter((name) => !due.has(name)),
      inReview: requirements?.pending_verification ?? [],
      deadline: deadline === null ? null : new Date(deadline * 1000),
      restrictedFor: requirements?.disabled_reason ?? null,
    },
  };
}
