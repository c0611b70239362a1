import { type Entry, mergeEntries } from '../ledger/account.ts';
import type { Movement } from '../ledger/post-movement.ts';
import type { DisputeFacts, MoneyFacts, RefundFacts } from './money-facts.ts';
import { difference, feeOfSellers, isShare, negated, sharesOf, takenBack } from './shares.ts';

/** What the ledger says of an order already. */
export interface Posted {
  uniqueKey: string;
  entries: Entry[];
}

/**
 * The movements that an order's facts ask for and its books lack, in the order to post them. More facts only ever add
 * movements, and what refunds and disputes take together depends on their set: whatever the order in which they became
 * known, the books end the same.
 */
export function movementsDue(facts: MoneyFacts, posted: Posted[]): Movement[] {
  const totalCents = facts.lines.reduce((sum, { priceCents }) => sum + priceCents, 0);
  if (totalCents === 0) return [];
  const known = new Set(posted.map(({ uniqueKey }) => uniqueKey));
  const steps = takingSteps(facts, known);
  const due = [...paying(facts, totalCents), ...feeDue(facts)].filter(
    ({ uniqueKey }) => !known.has(uniqueKey),
  );
  let standing = startingPoint(posted, steps);
  for (const step of steps.filter(({ uniqueKey }) => !known.has(uniqueKey))) {
    const next = apply(standing, step);
    const target = takenBack(facts, {
      refunds: [...next.refunds.values()],
      disputes: [...next.disputes.values()],
    });
    const shares = difference(target, standing.taken);
    const { uniqueKey, kind, happenedAt } = step;
    const amount = shares.reduce((sum, entry) => sum - entry.amount, 0);
    const entries = [...shares, { account: providerOf(facts), amount }];
    due.push({ uniqueKey, kind, orderId: facts.orderId, happenedAt, entries });
    standing = { ...next, taken: target };
  }
  return due.filter(({ entries }) => mergeEntries(entries).length > 0);
}

function paying(facts: MoneyFacts, totalCents: number): Movement[] {
  const { orderId, paidAt: happenedAt, currency } = facts;
  const buyer = { kind: 'buyer' as const, owner: orderId, currency };
  return [
    {
      uniqueKey: `sale/${orderId}`,
      kind: 'sale',
      orderId,
      happenedAt,
      entries: [{ account: buyer, amount: totalCents }, ...negated(sharesOf(facts))],
    },
    {
      uniqueKey: `charge/${orderId}`,
      kind: 'charge',
      orderId,
      happenedAt,
      entries: [
        { account: providerOf(facts), amount: totalCents },
        { account: buyer, amount: -totalCents },
      ],
    },
  ];
}

/** A fee in another currency than the sale's is the platform's: no seller is paid in it. */
function feeDue(facts: MoneyFacts): Movement[] {
  const { orderId, paidAt: happenedAt, fee } = facts;
  if (fee === null || fee.cents === 0) return [];
  const platform = {
    account: { kind: 'platform' as const, owner: '', currency: fee.currency },
    amount: fee.cents,
  };
  const bySellers = facts.feeBorneBy === 'seller' && fee.currency === facts.currency;
  const bearers = (bySellers ? feeOfSellers(facts, fee.cents) : null) ?? [platform];
  const provider = { account: { ...providerOf(facts), currency: fee.currency }, amount: -fee.cents };
  return [
    {
      uniqueKey: `provider-fee/${orderId}`,
      kind: 'provider-fee',
      orderId,
      happenedAt,
      entries: [...bearers, provider],
    },
  ];
}

function providerOf({ provider, currency }: MoneyFacts): Entry['account'] {
  return { kind: 'provider', owner: provider, currency };
}

type Step = Pick<Movement, 'uniqueKey' | 'kind' | 'happenedAt'> & {
  /** It takes money from the shares; else it gives back what another one took. */
  adds: boolean;
} & ({ refund: RefundFacts } | { dispute: DisputeFacts });

function takingSteps(facts: MoneyFacts, known: Set<string>): Step[] {
  const refunds = facts.refunds.toSorted(byInstant).flatMap((refund) => refundSteps(refund, known));
  const disputes = facts.disputes.toSorted(byInstant).flatMap(disputeSteps);
  return [...refunds, ...disputes];
}

function refundSteps(refund: RefundFacts, known: Set<string>): Step[] {
  const uniqueKey = `refund/${refund.id}`;
  if (!refund.left && !known.has(uniqueKey)) return [];
  const { at: happenedAt } = refund;
  const taken: Step = { uniqueKey, kind: 'refund', happenedAt, adds: true, refund };
  const back: Step = {
    ...taken,
    uniqueKey: `refund-failed/${refund.id}`,
    kind: 'refund-failed',
    adds: false,
  };
  return refund.failed ? [taken, back] : [taken];
}

function disputeSteps(dispute: DisputeFacts): Step[] {
  const { id, at: happenedAt } = dispute;
  const uniqueKey = `dispute-withdrawn/${id}`;
  const taken: Step = { uniqueKey, kind: 'dispute-withdrawn', happenedAt, adds: true, dispute };
  if (!dispute.won) return [taken];
  const back: Step = {
    ...taken,
    uniqueKey: `dispute-reinstated/${id}`,
    kind: 'dispute-reinstated',
    adds: false,
  };
  const lost: Step = { ...taken, uniqueKey: `dispute-lost/${id}`, kind: 'dispute-lost' };
  return dispute.lost ? [taken, back, lost] : [taken, back];
}

interface Standing {
  refunds: Map<string, RefundFacts>;
  disputes: Map<string, DisputeFacts>;
  /** From the shares so far, as posted. */
  taken: Entry[];
}

function startingPoint(posted: Posted[], steps: Step[]): Standing {
  const known = new Map(posted.map((movement) => [movement.uniqueKey, movement]));
  let standing: Standing = { refunds: new Map(), disputes: new Map(), taken: [] };
  for (const step of steps) {
    const movement = known.get(step.uniqueKey);
    if (!movement) continue;
    const shares = movement.entries.filter(({ account }) => isShare(account));
    standing = { ...apply(standing, step), taken: difference(standing.taken, negated(shares)) };
  }
  return standing;
}

function apply(standing: Standing, step: Step): Standing {
  const refunds = new Map(standing.refunds);
  const disputes = new Map(standing.disputes);
  if ('refund' in step) setIn(refunds, step.refund, step.adds);
  else setIn(disputes, step.dispute, step.adds);
  return { ...standing, refunds, disputes };
}

function setIn<Value extends { id: string }>(map: Map<string, Value>, value: Value, adds: boolean): void {
  if (adds) map.set(value.id, value);
  else map.delete(value.id);
}

function byInstant(one: { at: Date; id: string }, other: { at: Date; id: string }): number {
  return one.at.getTime() - other.at.getTime() || (one.id < other.id ? -1 : 1);
}
