import { randomBytes } from 'node:crypto';

export function newId(prefix: string): string {
  return `${prefix}_${randomBytes(12).toString('hex')}`;
}

function nothing<Value>(): Value | null {
  return null;
}

/** Keys that are there and say nothing. */
export function empty(names: string): Record<string, null> {
  return Object.fromEntries(names.split(' ').map((name) => [name, null]));
}

export interface Made {
  created: number;
  livemode: boolean;
}

interface Money {
  amount: number;
  currency: string;
  metadata: Record<string, string>;
}

export type IntentStatus =
  | 'requires_payment_method'
  | 'requires_action'
  | 'processing'
  | 'succeeded'
  | 'canceled';

export function newIntent({ created, livemode }: Made, money: Money, transferGroup: string | null) {
  const id = newId('pi');
  return {
    ...empty(
      'application application_fee_amount canceled_at cancellation_reason customer customer_account description excluded_payment_method_types managed_payments next_action on_behalf_of payment_method processing receipt_email review setup_future_usage shipping source statement_descriptor statement_descriptor_suffix transfer_data',
    ),
    id,
    object: 'payment_intent',
    ...money,
    created,
    livemode,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    automatic_payment_methods: { enabled: true },
    capture_method: 'automatic',
    client_secret: `${id}_secret_${randomBytes(12).toString('hex')}`,
    confirmation_method: 'automatic',
    last_payment_error: nothing<{ type: string; code: string; message: string }>(),
    latest_charge: nothing<string>(),
    payment_method_configuration_details: { id: 'pmc_counterpart', parent: null },
    payment_method_options: {},
    payment_method_types: ['card', 'link', 'sepa_debit'],
    status: 'requires_payment_method' as IntentStatus,
    transfer_group: transferGroup,
  };
}
export type IntentObject = ReturnType<typeof newIntent>;

export function newCharge({ created, livemode }: Made, intent: IntentObject) {
  const id = newId('ch');
  const { amount, currency, metadata } = intent;
  const nowhere = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null };
  return {
    ...empty(
      'application application_fee application_fee_amount calculated_statement_descriptor customer description failure_balance_transaction failure_code failure_message on_behalf_of receipt_email receipt_number review shipping source source_transfer statement_descriptor statement_descriptor_suffix transfer_data',
    ),
    id,
    object: 'charge',
    amount,
    currency,
    created,
    livemode,
    metadata: { ...metadata },
    amount_captured: amount,
    amount_refunded: 0,
    balance_transaction: newId('txn'),
    billing_details: { address: nowhere, email: null, name: null, phone: null, tax_id: null },
    captured: true,
    disputed: false,
    fraud_details: {},
    outcome: {
      ...empty('advice_code network_advice_code network_decline_code network_status reason seller_message'),
      type: 'authorized',
    },
    paid: true,
    payment_intent: intent.id,
    payment_method: newId('pm'),
    payment_method_details: { card: { brand: 'visa', country: 'FR', last4: '4242' }, type: 'card' },
    receipt_url: `https://pay.stripe.com/receipts/${id}`,
    refunded: false,
    refunds: { object: 'list', data: [], has_more: false, url: `/v1/charges/${id}/refunds` },
    status: 'succeeded',
    transfer_group: intent.transfer_group,
  };
}
export type ChargeObject = ReturnType<typeof newCharge>;

/** What the charge brought: 1.5 % and 25 cents less, as Stripe's list price for cards of the EEA. */
export function newBalanceTransaction({ balance_transaction: id, ...charge }: ChargeObject) {
  const { amount, currency, created } = charge;
  const fee = Math.round(amount * 0.015) + 25;
  return {
    id,
    object: 'balance_transaction',
    amount,
    available_on: created,
    balance_type: 'payments',
    created,
    currency,
    description: null,
    exchange_rate: null,
    fee,
    fee_details: [
      { amount: fee, application: null, currency, description: 'Stripe processing fees', type: 'stripe_fee' },
    ],
    net: amount - fee,
    reporting_category: 'charge',
    source: charge.id,
    status: 'available',
    type: 'charge',
  };
}

/** The bank's money goes, and a fee with it, which Stripe lists by country. */
export function newDisputeTransaction(
  { created }: Made,
  { id: source, amount, currency }: { id: string; amount: number; currency: string },
) {
  const fee = 2000;
  return {
    id: newId('txn'),
    object: 'balance_transaction',
    amount: -amount,
    available_on: created,
    balance_type: 'payments',
    created,
    currency,
    description: 'Chargeback withdrawal',
    exchange_rate: null,
    fee,
    fee_details: [
      { amount: fee, application: null, currency, description: 'Dispute fee', type: 'stripe_fee' },
    ],
    net: -amount - fee,
    reporting_category: 'dispute',
    source,
    status: 'available',
    type: 'adjustment',
  };
}

export type RefundStatus = 'succeeded' | 'pending' | 'failed';

export function newRefund({ created }: Made, charge: ChargeObject, amount: number, status: RefundStatus) {
  return {
    ...empty(
      'balance_transaction customer customer_account payment_method receipt_number source_transfer_reversal transfer_reversal',
    ),
    id: newId('re'),
    object: 'refund',
    amount,
    charge: charge.id,
    created,
    currency: charge.currency,
    destination_details: { card: { type: 'refund' }, type: 'card' },
    metadata: {},
    payment_intent: charge.payment_intent,
    reason: null,
    status,
  };
}
export type RefundObject = ReturnType<typeof newRefund> & { failure_reason?: string };

export function newTransfer(
  { created, livemode }: Made,
  money: Money,
  to: { destination: string; source: string | null; group: string | null },
) {
  const id = newId('tr');
  return {
    id,
    object: 'transfer',
    ...money,
    created,
    livemode,
    amount_reversed: 0,
    balance_transaction: newId('txn'),
    description: null,
    destination: to.destination,
    destination_payment: newId('py'),
    reversals: { object: 'list', data: [], has_more: false, url: `/v1/transfers/${id}/reversals` },
    reversed: false,
    source_transaction: to.source,
    source_type: 'card',
    transfer_group: to.group,
  };
}
export type TransferObject = ReturnType<typeof newTransfer>;

export function newReversal(
  { created }: Made,
  transfer: TransferObject,
  { amount, metadata }: Omit<Money, 'currency'>,
) {
  return {
    ...empty('destination_payment_refund source_refund'),
    id: newId('trr'),
    object: 'transfer_reversal',
    amount,
    balance_transaction: newId('txn'),
    created,
    currency: transfer.currency,
    metadata,
    transfer: transfer.id,
  };
}
export type ReversalObject = ReturnType<typeof newReversal>;

export function newPayout({ created, livemode }: Made, amount: number, currency: string, failed: boolean) {
  return {
    ...empty(
      'application_fee application_fee_amount failure_balance_transaction failure_message original_payout payout_method reversed_by statement_descriptor',
    ),
    id: newId('po'),
    object: 'payout',
    amount,
    currency,
    created,
    livemode,
    arrival_date: created,
    automatic: true,
    balance_transaction: newId('txn'),
    description: 'STRIPE PAYOUT',
    destination: newId('ba'),
    failure_code: failed ? 'account_closed' : null,
    metadata: {},
    method: 'standard',
    reconciliation_status: 'completed',
    source_type: 'card',
    status: failed ? 'failed' : 'paid',
    trace_id: { status: 'pending', value: null },
    type: 'bank_account',
  };
}
