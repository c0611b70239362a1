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
  /** Of the photo that was debited or refunded. */
  photo: { eventId: string; fileName: string } | null;
  /** 'welcome', 'nothing-found', 'failed', or an operator's own words for a grant. */
  reason: string | null;
  createdAt: Date;
}
