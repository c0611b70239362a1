export type OrderState = 'pending' | 'processing' | 'paid' | 'failed' | 'cancelled' | 'refunded' | 'disputed';

/** Where an order may go from each state. A paid order never goes back to waiting; a refund may come back from the bank. */
export const ORDER_TRANSITIONS: Record<OrderState, readonly OrderState[]> = {
  pending: ['processing', 'paid', 'failed', 'cancelled', 'refunded', 'disputed'],
  processing: ['paid', 'failed', 'cancelled', 'refunded', 'disputed'],
  failed: ['processing', 'paid', 'cancelled', 'refunded', 'disputed'],
  cancelled: ['paid', 'refunded', 'disputed'],
  paid: ['refunded', 'disputed'],
  refunded: ['paid', 'disputed'],
  disputed: ['paid', 'refunded'],
};

export function canMove(from: OrderState, to: OrderState): boolean {
  return ORDER_TRANSITIONS[from].includes(to);
}

/** Downloads are open in this state alone: a refund or a dispute freezes them. */
export const DOWNLOADABLE: OrderState = 'paid';

/** One counted notice of the payment provider. */
export interface Notice {
  id: string;
  kind:
    | 'processing'
    | 'succeeded'
    | 'failed'
    | 'cancelled'
    | 'refunded'
    /** The money of that refund came back to us: it counts as never refunded. */
    | 'refund-failed'
    | 'dispute-opened'
    | 'dispute-won'
    | 'dispute-lost';
  /** The refund or dispute it speaks of. */
  subjectId: string | null;
  amountCents: number;
  occurredAt: Date;
}

export interface Standing {
  state: OrderState;
  refundedCents: number;
  disputed: boolean;
}

/**
 * Where an order stands after a set of notices, whatever the order in which they came in.
 * A dispute counts over a refund, a refund over a payment, a payment over all that failed before or after it.
 */
export function standingAfter(notices: Notice[], totalCents: number): Standing {
  const paid = notices.some((notice) => notice.kind === 'succeeded');
  const refundedCents = sumRefunds(notices);
  const disputed = isDisputed(notices, paid);
  return { state: stateOf(notices, { paid, refundedCents, disputed, totalCents }), refundedCents, disputed };
}

interface Facts {
  paid: boolean;
  refundedCents: number;
  disputed: boolean;
  totalCents: number;
}

function stateOf(notices: Notice[], { paid, refundedCents, disputed, totalCents }: Facts): OrderState {
  if (disputed) return 'disputed';
  if (refundedCents > 0 && refundedCents >= totalCents) return 'refunded';
  if (paid) return 'paid';
  if (notices.some((notice) => notice.kind === 'cancelled')) return 'cancelled';
  const attempts = notices.filter((notice) => notice.kind === 'processing' || notice.kind === 'failed');
  const latest = attempts.toSorted(byInstant).at(-1);
  return latest?.kind === 'processing' || latest?.kind === 'failed' ? latest.kind : 'pending';
}

/** Each refund counts once, however many notices tell of it; one that failed, in whatever order this was told, not at all. */
function sumRefunds(notices: Notice[]): number {
  const failed = new Set(
    notices.filter((notice) => notice.kind === 'refund-failed').map((notice) => notice.subjectId),
  );
  const refunds = new Map<string, number>();
  for (const { kind, subjectId, amountCents } of notices) {
    if (kind !== 'refunded' || subjectId === null || failed.has(subjectId)) continue;
    refunds.set(subjectId, Math.max(refunds.get(subjectId) ?? 0, amountCents));
  }
  return [...refunds.values()].reduce((sum, cents) => sum + cents, 0);
}

/** A dispute ends when it is won. One whose payment is not known yet stays open until it is. */
function isDisputed(notices: Notice[], paid: boolean): boolean {
  const disputes = notices.filter((notice) => notice.kind.startsWith('dispute-'));
  const won = new Set(
    disputes.filter((notice) => notice.kind === 'dispute-won').map((notice) => notice.subjectId),
  );
  const lost = disputes.some((notice) => notice.kind === 'dispute-lost');
  if (!paid) return disputes.length > 0;
  return lost || disputes.some((notice) => !won.has(notice.subjectId));
}

function byInstant(first: Notice, second: Notice): number {
  const apart = first.occurredAt.getTime() - second.occurredAt.getTime();
  if (apart !== 0) return apart;
  return first.id < second.id ? -1 : 1;
}
