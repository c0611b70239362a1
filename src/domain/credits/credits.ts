/** Given once to every organisation, when its account is first touched. */
export const WELCOME_CREDITS = 200;
/** What one photo costs in an event's processing mode. */
export const CREDITS_PER_PHOTO = { lite: 1 } as const;

export type CreditEntryKind = 'grant' | 'debit' | 'refund';

export interface CreditEntry {
  id: string;
  kind: CreditEntryKind;
  /** Added to the balance: negative for a debit. */
  credits: number;
  photoId: string | null;
  reason: string | null;
  createdAt: Date;
}
