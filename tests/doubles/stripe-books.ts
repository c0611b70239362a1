import { type AccountObject, newAccount } from './stripe-account-objects.ts';
import type { DisputeObject } from './stripe-dispute-objects.ts';
import type { Fields } from './stripe-form.ts';
import {
  type ChargeObject,
  type IntentObject,
  newId,
  type RefundObject,
  type RefundStatus,
  type ReversalObject,
  type TransferObject,
} from './stripe-objects.ts';

export interface StripeEvent {
  id: string;
  object: 'event';
  api_version: string;
  created: number;
  data: { object: object };
  livemode: boolean;
  pending_webhooks: number;
  request: { id: string | null; idempotency_key: string | null };
  type: string;
  /** Of events in a seller's account. */
  account?: string;
}

/** All that the counterpart knows. */
export class StripeBooks {
  readonly intents = new Map<string, IntentObject>();
  readonly charges = new Map<string, ChargeObject>();
  readonly refunds = new Map<string, RefundObject>();
  readonly transfers = new Map<string, TransferObject>();
  readonly reversals: ReversalObject[] = [];
  readonly accounts = new Map<string, AccountObject>();
  readonly disputes = new Map<string, DisputeObject>();
  readonly events = new Map<string, StripeEvent>();
  readonly files = new Map<string, object>();
  readonly webhookEndpoints: object[] = [];
  readonly methodDomains: { domain_name: string }[] = [];
  readonly applePayDomains: object[] = [];
  /** What is left of transfers in each seller's balance. */
  readonly sellerBalances = new Map<string, number>();
  connectOn = true;
  methods: string[] = ['card', 'apple_pay', 'google_pay', 'link'];
  nextRefund: RefundStatus = 'succeeded';
  readonly livemode: boolean;
  readonly now: () => Date;
  /** The platform's own account. */
  readonly own: AccountObject;

  constructor(options: { livemode: boolean; now: () => Date }) {
    this.livemode = options.livemode;
    this.now = options.now;
    this.own = newAccount(this.made(), { country: 'FR', email: 'shop@example.org', metadata: {} });
  }

  made(): { created: number; livemode: boolean } {
    return { created: Math.floor(this.now().getTime() / 1000), livemode: this.livemode };
  }

  /** What is left in the platform's balance: fees apart, and all settled at once. */
  available(currency: string): number {
    const of = (things: Iterable<{ currency: string; amount: number }>) =>
      [...things].reduce((sum, thing) => (thing.currency === currency ? sum + thing.amount : sum), 0);
    const transfers = [...this.transfers.values()];
    const reversed = transfers.map((transfer) => ({ ...transfer, amount: transfer.amount_reversed }));
    const refunds = [...this.refunds.values()].filter((refund) => refund.status !== 'failed');
    const disputes = [...this.disputes.values()].filter((dispute) => dispute.status !== 'won');
    return of(this.charges.values()) - of(refunds) - of(disputes) - of(transfers) + of(reversed);
  }

  /** Keeps what the thing looks like now: an event never changes. */
  tell(type: string, thing: object, account?: string): StripeEvent {
    const event: StripeEvent = {
      id: newId('evt'),
      object: 'event',
      api_version: '2026-10-28.endive',
      ...this.made(),
      data: { object: structuredClone(thing) },
      pending_webhooks: 1,
      request: { id: null, idempotency_key: null },
      type,
      ...(account === undefined ? {} : { account }),
    };
    this.events.set(event.id, event);
    return event;
  }
}

export interface Asked {
  books: StripeBooks;
  /** The parts of the path that the endpoint's pattern leaves open. */
  ids: string[];
  fields: Fields;
}

export interface Endpoint {
  /** Each name that the endpoint knows; `expand` it knows always. */
  known: readonly string[];
  answer(asked: Asked): object;
}

/** Refused as Stripe does it. `early`: before anything was done, so that the key is free for another try. */
export class StripeRefusal extends Error {
  readonly status: number;
  readonly error: { type: string; code?: string; param?: string; message: string };
  readonly early: boolean;

  constructor(
    status: number,
    error: { type?: string; code?: string; param?: string; message: string },
    { early = false } = {},
  ) {
    super(error.message);
    this.status = status;
    this.error = { type: 'invalid_request_error', ...error };
    this.early = early;
  }
}

export function find<Value>(
  things: Map<string, Value>,
  id: string | null | undefined,
  noun: string,
  param = 'id',
): Value {
  const found = things.get(id ?? '');
  if (found !== undefined) return found;
  throw new StripeRefusal(404, { code: 'resource_missing', param, message: `No such ${noun}: '${id}'` });
}

export function listOf(data: object[], url: string): object {
  return { object: 'list', data, has_more: false, url };
}
