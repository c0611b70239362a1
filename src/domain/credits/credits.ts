/** Given once to every organisation, when its account is first touched. */
export const WELCOME_CREDITS = 200;
/** Below this many an organisation is told to buy some: one camera card empties the rest. */
export const LOW_CREDITS = 100;
/** What one photo costs in an event's processing mode. */
export const CREDITS_PER_PHOTO = { lite: 1, premium: 2 } as const;

export type ProcessingMode = keyof typeof CREDITS_PER_PHOTO;

/**
 * What a read photo gets back: its first credit is for bibs, those of premium are for everything else. Each part that
 * found nothing is given back, so a premium photo with labels and no bib costs one credit.
 */
export function creditsToReturn(mode: ProcessingMode, found: { bibs: boolean; more: boolean }): number {
  const forBibs = CREDITS_PER_PHOTO.lite;
  const forMore = CREDITS_PER_PHOTO[mode] - forBibs;
  return (found.bibs ? 0 : forBibs) + (found.more ? 0 : forMore);
}

export type CreditEntryKind = 'grant' | 'purchase' | 'debit' | 'refund' | 'purchase-undone';

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
