import {
  newAccount,
  newAccountLink,
  newApplePayDomain,
  newBalance,
  newMethodConfiguration,
  newPaymentMethodDomain,
  newWebhookEndpoint,
} from './stripe-account-objects.ts';
import { type Asked, type Endpoint, find, listOf, StripeRefusal } from './stripe-books.ts';
import { readAmount, requireText } from './stripe-endpoints.ts';
import { textAt, textsAt } from './stripe-form.ts';
import { newReversal, newTransfer } from './stripe-objects.ts';

function createAccount({ books, fields }: Asked): object {
  const account = newAccount(books.made(), {
    country: textAt(fields, 'country') ?? 'FR',
    email: textAt(fields, 'email'),
    metadata: textsAt(fields, 'metadata'),
  });
  books.accounts.set(account.id, account);
  return account;
}

function readAccount({ books, ids }: Asked): object {
  const account = books.accounts.get(ids[0] ?? '');
  if (account) return account;
  // An account that left, or was never ours, looks the same.
  throw new StripeRefusal(403, {
    code: 'account_invalid',
    message: `The provided key does not have access to account '${ids[0]}' (or that account does not exist).`,
  });
}

function listAccounts({ books }: Asked): object {
  if (books.connectOn) return listOf([...books.accounts.values()], '/v1/accounts');
  throw new StripeRefusal(400, { message: 'Sign up for Connect to use this.' });
}

function createAccountLink({ books, fields }: Asked): object {
  const account = find(books.accounts, requireText(fields, 'account'), 'account', 'account');
  for (const name of ['type', 'return_url', 'refresh_url']) requireText(fields, name);
  return newAccountLink(books.made(), account.id);
}

function createTransfer({ books, fields }: Asked): object {
  const [amount, currency] = [readAmount(fields), requireText(fields, 'currency')];
  const destination = requireText(fields, 'destination');
  const account = find(books.accounts, destination, 'destination', 'destination');
  if (account.capabilities.transfers !== 'active') {
    throw new StripeRefusal(400, {
      code: 'insufficient_capabilities_for_transfer',
      message: 'Your destination account needs to have at least one of the capabilities enabled: transfers.',
    });
  }
  const source = textAt(fields, 'source_transaction');
  requireFunds(books, { amount, currency, source });
  const money = { amount, currency, metadata: textsAt(fields, 'metadata') };
  const group = textAt(fields, 'transfer_group');
  const transfer = newTransfer(books.made(), money, { destination, source, group });
  books.transfers.set(transfer.id, transfer);
  books.sellerBalances.set(destination, (books.sellerBalances.get(destination) ?? 0) + amount);
  books.tell('transfer.created', transfer);
  return transfer;
}

/** Of a charge, what it brought, whatever was reversed since; without one, what is in the platform's balance. */
function requireFunds(
  books: Asked['books'],
  { amount, currency, source }: { amount: number; currency: string; source: string | null },
): void {
  if (source === null) {
    if (amount <= books.available(currency)) return;
    throw new StripeRefusal(400, { code: 'balance_insufficient', message: 'Insufficient funds.' });
  }
  const charge = find(books.charges, source, 'charge', 'source_transaction');
  const moved = [...books.transfers.values()].filter((transfer) => transfer.source_transaction === source);
  const left = charge.amount - moved.reduce((sum, transfer) => sum + transfer.amount, 0);
  if (currency === charge.currency && amount <= left) return;
  throw new StripeRefusal(400, {
    message: `The source_transaction has only ${left} ${charge.currency} left.`,
  });
}

function reverseTransfer({ books, ids, fields }: Asked): object {
  const transfer = find(books.transfers, ids[0], 'transfer', 'transfer');
  const left = transfer.amount - transfer.amount_reversed;
  const amount = textAt(fields, 'amount') === null ? left : readAmount(fields);
  if (amount > left) {
    throw new StripeRefusal(400, {
      param: 'amount',
      message: `Reversal amount (${amount}) is greater than ${left}.`,
    });
  }
  const balance = books.sellerBalances.get(transfer.destination) ?? 0;
  if (balance < amount) {
    throw new StripeRefusal(400, {
      code: 'balance_insufficient',
      message: 'Insufficient funds in the account.',
    });
  }
  books.sellerBalances.set(transfer.destination, balance - amount);
  transfer.amount_reversed += amount;
  transfer.reversed = transfer.amount_reversed === transfer.amount;
  books.tell('transfer.reversed', transfer);
  const reversal = newReversal(books.made(), transfer, { amount, metadata: textsAt(fields, 'metadata') });
  books.reversals.push(reversal);
  return reversal;
}

/** The newest first, as Stripe does. */
function listTransfers({ books, fields }: Asked): object {
  const [group, destination] = [textAt(fields, 'transfer_group'), textAt(fields, 'destination')];
  const fitting = [...books.transfers.values()].filter(
    (transfer) =>
      (group === null || transfer.transfer_group === group) &&
      (destination === null || transfer.destination === destination),
  );
  return listOf(fitting.toReversed(), '/v1/transfers');
}

function listReversals({ books, ids }: Asked): object {
  const { id, reversals } = find(books.transfers, ids[0], 'transfer', 'transfer');
  return listOf(books.reversals.filter((one) => one.transfer === id).toReversed(), reversals.url);
}

function createWebhookEndpoint({ books, fields }: Asked): object {
  const endpoint = newWebhookEndpoint(books.made(), {
    url: requireText(fields, 'url'),
    enabled_events: Object.values(textsAt(fields, 'enabled_events')),
    api_version: textAt(fields, 'api_version'),
  });
  books.webhookEndpoints.push(endpoint);
  return endpoint;
}

function createMethodDomain({ books, fields }: Asked): object {
  const domain = newPaymentMethodDomain(books.made(), requireText(fields, 'domain_name'));
  books.methodDomains.push(domain);
  return domain;
}

function listMethodDomains({ books, fields }: Asked): object {
  const name = textAt(fields, 'domain_name');
  const fitting = books.methodDomains.filter((domain) => name === null || domain.domain_name === name);
  return listOf(fitting, '/v1/payment_method_domains');
}

function createApplePayDomain({ books, fields }: Asked): object {
  const domain = newApplePayDomain(books.made(), requireText(fields, 'domain_name'));
  books.applePayDomains.push(domain);
  return domain;
}

const PAGES = ['limit', 'starting_after', 'ending_before'];

/** Every endpoint around sellers and the platform's own set-up. */
export const ACCOUNT_ENDPOINTS: Record<string, Endpoint> = {
  'GET /v1/account': { known: [], answer: ({ books }) => books.own },
  'POST /v1/accounts': {
    known: [
      'business_type',
      'capabilities.card_payments.requested',
      'capabilities.transfers.requested',
      'controller.fees.payer',
      'controller.losses.payments',
      'controller.requirement_collection',
      'controller.stripe_dashboard.type',
      'country',
      'default_currency',
      'email',
      'metadata.*',
    ],
    answer: createAccount,
  },
  'GET /v1/accounts': {
    known: PAGES,
    answer: listAccounts,
  },
  'GET /v1/accounts/:id': { known: [], answer: readAccount },
  'POST /v1/account_links': {
    known: [
      'account',
      'type',
      'return_url',
      'refresh_url',
      'collection_options.fields',
      'collection_options.future_requirements',
    ],
    answer: createAccountLink,
  },
  'POST /v1/transfers': {
    known: [
      'amount',
      'currency',
      'destination',
      'source_transaction',
      'transfer_group',
      'description',
      'metadata.*',
    ],
    answer: createTransfer,
  },
  'GET /v1/transfers/:id': {
    known: [],
    answer: ({ books, ids }) => find(books.transfers, ids[0], 'transfer', 'transfer'),
  },
  'GET /v1/transfers': {
    known: ['created', 'destination', 'transfer_group', ...PAGES],
    answer: listTransfers,
  },
  'GET /v1/transfers/:id/reversals': { known: PAGES, answer: listReversals },
  'POST /v1/transfers/:id/reversals': {
    known: ['amount', 'description', 'metadata.*', 'refund_application_fee'],
    answer: reverseTransfer,
  },
  'POST /v1/webhook_endpoints': {
    known: ['url', 'enabled_events.#', 'api_version', 'connect', 'description', 'metadata.*'],
    answer: createWebhookEndpoint,
  },
  'GET /v1/webhook_endpoints': {
    known: PAGES,
    answer: ({ books }) => listOf(books.webhookEndpoints, '/v1/webhook_endpoints'),
  },
  'POST /v1/payment_method_domains': { known: ['domain_name', 'enabled'], answer: createMethodDomain },
  'GET /v1/payment_method_domains': {
    known: ['domain_name', 'enabled', ...PAGES],
    answer: listMethodDomains,
  },
  'POST /v1/apple_pay/domains': { known: ['domain_name'], answer: createApplePayDomain },
  'GET /v1/apple_pay/domains': {
    known: ['domain_name', ...PAGES],
    answer: ({ books }) => listOf(books.applePayDomains, '/v1/apple_pay/domains'),
  },
  'GET /v1/payment_method_configurations': {
    known: ['application', ...PAGES],
    answer: ({ books }) =>
      listOf([newMethodConfiguration(books.made(), books.methods)], '/v1/payment_method_configurations'),
  },
  'GET /v1/balance': { known: [], answer: ({ books }) => newBalance(books.made(), 0, 'eur') },
};
