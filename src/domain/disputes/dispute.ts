import type { DisputeView } from '#platform/payments/payments.ts';

export type DisputeState = DisputeView['state'];

/** Where a dispute may go. The bank's last word stays, whatever is told late. */
export const DISPUTE_TRANSITIONS: Record<DisputeState, readonly DisputeState[]> = {
  'needs-response': ['under-review', 'won', 'lost'],
  'under-review': ['needs-response', 'won', 'lost'],
  won: [],
  lost: [],
};

export interface DisputeFacts {
  state: DisputeState;
  fundsWithdrawn: boolean;
  respondBy: Date | null;
  submissions: number;
  openedAt: Date;
}

/** What one notice tells: the dispute as the provider saw it when it was asked, and where its money went, if that moved. */
export interface DisputeNews {
  view: DisputeView;
  money: 'withdrawn' | 'reinstated' | null;
  occurredAt: Date;
}

/**
 * A dispute after some news, whatever the order in which they come. Money that is told withdrawn once the dispute is won was
 * withdrawn before, and has come back or is about to.
 */
export function disputeAfter(
  known: DisputeFacts | null,
  { view, money, occurredAt }: DisputeNews,
): DisputeFacts {
  const state =
    known === null || DISPUTE_TRANSITIONS[known.state].includes(view.state) ? view.state : known.state;
  const before = known?.fundsWithdrawn ?? false;
  return {
    state,
    fundsWithdrawn: money === null ? before : money === 'withdrawn' && state !== 'won',
    respondBy: view.respondBy ?? known?.respondBy ?? null,
    submissions: Math.max(known?.submissions ?? 0, view.submissions),
    openedAt: known && known.openedAt < occurredAt ? known.openedAt : occurredAt,
  };
}
