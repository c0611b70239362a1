import { type Asked, type Endpoint, find, listOf, StripeRefusal } from './stripe-books.ts';
import { EVIDENCE_NAMES, newFile } from './stripe-dispute-objects.ts';
import { type Fields, textAt, textsAt } from './stripe-form.ts';
import { type ChargeObject, newBalanceTransaction, newIntent, newRefund } from './stripe-objects.ts';

/** Least amounts in the currency's smallest unit (docs.stripe.com/currencies); 1 where none is named here. */
const LEAST: Record<string, number> = { eur: 50, usd: 50, gbp: 30, chf: 50, jpy: 50 };
const THREE_DECIMALS = new Set(['bhd', 'jod', 'kwd', 'omr', 'tnd']);

export function readAmount(fields: Fields): number {
  const text = textAt(fields, 'amount');
  if (text === null) throw missing('amount');
  if (!/^\d{1,8}$/.test(text) || Number(text) < 1) {
    throw early({ code: 'parameter_invalid_integer', param: 'amount', message: `Invalid integer: ${text}` });
  }
  return Number(text);
}

export function requireText(fields: Fields, name: string): string {
  const text = textAt(fields, name);
  if (text) return text;
  throw missing(name);
}

function missing(param: string): StripeRefusal {
  return early({ code: 'parameter_missing', param, message: `Missing required param: ${param}.` });
}

function early(error: { code: string; param: string; message: string }): StripeRefusal {
  return new StripeRefusal(400, error, { early: true });
}

function requirePayable(amount: number, currency: string): void {
  if (amount < (LEAST[currency] ?? 1)) {
    throw new StripeRefusal(400, {
      code: 'amount_too_small',
      param: 'amount',
      message: `Amount must be at least ${LEAST[currency]} ${currency}`,
    });
  }
  const step = currency === 'isk' || currency === 'ugx' ? 100 : THREE_DECIMALS.has(currency) ? 10 : 1;
  if (amount % step !== 0) {
    throw new StripeRefusal(400, {
      code: 'invalid_charge_amount_no_decimal_compatible',
      param: 'amount',
      message: `Invalid amount. ${currency} must be evenly divisible by ${step}.`,
    });
  }
}

function createIntent({ books, fields }: Asked): object {
  const [amount, currency] = [readAmount(fields), requireText(fields, 'currency')];
  requirePayable(amount, currency);
  const money = { amount, currency, metadata: textsAt(fields, 'metadata') };
  const intent = newIntent(books.made(), money, textAt(fields, 'transfer_group'));
  books.intents.set(intent.id, intent);
  return intent;
}

function readIntent({ books, ids, fields }: Asked): object {
  const intent = find(books.intents, ids[0], 'payment_intent', 'intent');
  const expanded = Object.values(fields.expand ?? {}).includes('latest_charge');
  const charge = expanded ? books.charges.get(intent.latest_charge ?? '') : undefined;
  return charge ? { ...intent, latest_charge: charge } : intent;
}

function readBalanceTransaction({ books, ids }: Asked): object {
  const charge = [...books.charges.values()].find((one) => one.balance_transaction === ids[0]);
  return newBalanceTransaction(find(books.charges, charge?.id, 'balance_transaction'));
}

function cancelIntent(asked: Asked): object {
  const { books, ids } = asked;
  const intent = find(books.intents, ids[0], 'payment_intent', 'intent');
  if (intent.status !== 'requires_payment_method' && intent.status !== 'requires_action') {
    throw new StripeRefusal(400, {
      code: 'payment_intent_unexpected_state',
      message: `You cannot cancel this PaymentIntent because it has a status of ${intent.status}.`,
    });
  }
  intent.status = 'canceled';
  books.tell('payment_intent.canceled', intent);
  return readIntent(asked);
}

function createRefund({ books, fields }: Asked): object {
  const intentId = textAt(fields, 'payment_intent');
  const intent = intentId === null ? null : find(books.intents, intentId, 'payment_intent', 'payment_intent');
  const charge = find(
    books.charges,
    intent ? intent.latest_charge : textAt(fields, 'charge'),
    'charge',
    'charge',
  );
  const left = charge.amount - charge.amount_refunded;
  const amount = textAt(fields, 'amount') === null ? left : readAmount(fields);
  if (charge.disputed) throw refusedRefund('charge_disputed', 'The charge has been charged back.');
  if (left === 0)
    throw refusedRefund('charge_already_refunded', `Charge ${charge.id} has already been refunded.`);
  if (amount > left)
    throw refusedRefund(
      null,
      `Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`,
    );
  const refund = newRefund(books.made(), charge, amount, books.nextRefund);
  books.refunds.set(refund.id, refund);
  countRefund(charge, amount);
  books.tell('refund.created', refund);
  books.tell('charge.refunded', charge);
  return refund;
}

export function countRefund(charge: ChargeObject, amount: number): void {
  charge.amount_refunded += amount;
  charge.refunded = charge.amount_refunded === charge.amount;
}

function refusedRefund(code: string | null, message: string): StripeRefusal {
  return new StripeRefusal(400, { ...(code ? { code } : {}), message });
}

function listRefunds({ books, fields }: Asked): object {
  const [charge, intent] = [textAt(fields, 'charge'), textAt(fields, 'payment_intent')];
  const fitting = [...books.refunds.values()].filter(
    (refund) =>
      (charge === null || refund.charge === charge) && (intent === null || refund.payment_intent === intent),
  );
  return listOf(fitting.toReversed(), '/v1/refunds');
}

function keepEvidence({ books, ids, fields }: Asked): object {
  const dispute = find(books.disputes, ids[0], 'dispute', 'dispute');
  if (dispute.status !== 'needs_response') {
    throw new StripeRefusal(400, { message: 'This dispute is already closed or under review.' });
  }
  const evidence = textsAt(fields, 'evidence');
  if (evidence.uncategorized_file) find(books.files, evidence.uncategorized_file, 'file', 'evidence');
  Object.assign(dispute.evidence, evidence);
  dispute.evidence_details.has_evidence = true;
  if (textAt(fields, 'submit') !== 'false') {
    dispute.evidence_details.submission_count += 1;
    dispute.status = 'under_review';
    books.tell('charge.dispute.updated', dispute);
  }
  return dispute;
}

function keepFile({ books, fields }: Asked): object {
  const [name, type] = [textAt(fields, 'file', 'name') ?? '', textAt(fields, 'file', 'type') ?? ''];
  const file = newFile(
    books.made(),
    { name, type, size: Number(textAt(fields, 'file', 'size')) },
    requireText(fields, 'purpose'),
  );
  books.files.set(file.id, file);
  return file;
}

const METADATA = 'metadata.*';

/** Every endpoint around payments: the way it is asked for, what it knows, and what it does. */
export const PAYMENT_ENDPOINTS: Record<string, Endpoint> = {
  'POST /v1/payment_intents': {
    known: [
      'amount',
      'currency',
      'automatic_payment_methods.enabled',
      'automatic_payment_methods.allow_redirects',
      'capture_method',
      'customer',
      'description',
      METADATA,
      'payment_method_types.#',
      'receipt_email',
      'statement_descriptor_suffix',
      'transfer_group',
    ],
    answer: createIntent,
  },
  'GET /v1/payment_intents/:id': { known: [], answer: readIntent },
  'POST /v1/payment_intents/:id/cancel': { known: ['cancellation_reason'], answer: cancelIntent },
  'GET /v1/charges/:id': {
    known: [],
    answer: ({ books, ids }) => find(books.charges, ids[0], 'charge', 'charge'),
  },
  'GET /v1/balance_transactions/:id': { known: [], answer: readBalanceTransaction },
  'POST /v1/refunds': {
    known: [
      'amount',
      'charge',
      'payment_intent',
      'reason',
      METADATA,
      'reverse_transfer',
      'refund_application_fee',
    ],
    answer: createRefund,
  },
  'GET /v1/refunds': { known: ['charge', 'payment_intent', 'limit', 'starting_after'], answer: listRefunds },
  'GET /v1/refunds/:id': {
    known: [],
    answer: ({ books, ids }) => find(books.refunds, ids[0], 'refund', 'refund'),
  },
  'GET /v1/disputes/:id': {
    known: [],
    answer: ({ books, ids }) => find(books.disputes, ids[0], 'dispute', 'dispute'),
  },
  'POST /v1/disputes/:id': {
    known: [...EVIDENCE_NAMES.map((name) => `evidence.${name}`), 'submit', METADATA],
    answer: keepEvidence,
  },
  'POST /v1/files': {
    known: ['purpose', 'file.name', 'file.type', 'file.size', 'file.digest'],
    answer: keepFile,
  },
  'GET /v1/events': {
    known: ['type', 'limit', 'starting_after'],
    answer: ({ books }) => listOf([...books.events.values()].toReversed(), '/v1/events'),
  },
  'GET /v1/events/:id': { known: [], answer: ({ books, ids }) => find(books.events, ids[0], 'event') },
};
