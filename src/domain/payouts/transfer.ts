import type { AccountName } from '../ledger/account.ts';
import type { transferReversals, transfers } from './tables.ts';

export type TransferRow = typeof transfers.$inferSelect;
export type ReversalRow = typeof transferReversals.$inferSelect;
type TransferState = TransferRow['state'];

/** Where a transfer may go. A refusal brings it back to `held`. */
const TRANSFER_TRANSITIONS: Record<TransferState, readonly TransferState[]> = {
  held: ['sending', 'nothing-left'],
  sending: ['sent', 'held'],
  sent: [],
  'nothing-left': [],
};

export function canMove(from: TransferState, to: TransferState): boolean {
  return from === to || TRANSFER_TRANSITIONS[from].includes(to);
}

/** Whose part of an order. */
export interface Beneficiary {
  role: TransferRow['role'];
  organisationId: string;
  currency: string;
}

export function accountOf({ role, organisationId, currency }: Beneficiary): AccountName {
  return { kind: role, owner: organisationId, currency };
}

export function debtOf({ organisationId, currency }: Omit<Beneficiary, 'role'>): AccountName {
  return { kind: 'debt', owner: organisationId, currency };
}

/** Providers keep a key for a day at least: asked again under it later, a transfer might be sent twice. */
const KEY_LIFE_MS = 20 * 3600_000;

/** Longer than any call that may still be under way: of two who ask at once, one would be refused in words that look final. */
export const PATIENCE_MS = 2 * 60_000;

/** Says when it was made, which the row cannot: it may have waited for long before. */
export function newTransferKey(transferId: string, now: Date, random: string): string {
  return `transfer/${transferId}/${now.getTime()}/${random}`;
}

export function isKeyTooOld({ idempotencyKey }: Pick<TransferRow, 'idempotencyKey'>, now: Date): boolean {
  return now.getTime() - Number(idempotencyKey?.split('/')[2]) > KEY_LIFE_MS;
}

export function newReversalKey(reversalId: string, now: Date): string {
  return `reversal/${reversalId}/${now.getTime()}`;
}

/** A reversal's first key was made with its row. */
export function isReversalTooOld(
  { createdAt, idempotencyKey }: Pick<ReversalRow, 'createdAt' | 'idempotencyKey'>,
  now: Date,
): boolean {
  const [, , madeAt = createdAt.getTime()] = idempotencyKey.split('/');
  return now.getTime() - Number(madeAt) > KEY_LIFE_MS;
}

/**
 * Of a payment no more can be transferred than it brought, whatever came back since: what is sent again comes out of the
 * balance. The same for each try, since earlier parts are closed by then.
 */
export function sourceOf(rows: TransferRow[], { part }: TransferRow): 'payment' | 'balance' {
  return rows.some((row) => row.part < part && row.sentCents > 0) ? 'balance' : 'payment';
}

/** What of a transfer is still with the seller. */
export function remaining({
  sentCents,
  reversedCents,
}: Pick<TransferRow, 'sentCents' | 'reversedCents'>): number {
  return sentCents - reversedCents;
}

export type TransferStep =
  | {
      kind: 'send';
      transfer: TransferRow;
      accountId: string;
      intentId: string;
      outOf: 'payment' | 'balance';
    }
  | { kind: 'take-back'; transfer: TransferRow; reversal: ReversalRow }
  /** Decided without the provider: there may be more to do. */
  | { kind: 'again' }
  | { kind: 'done' };
