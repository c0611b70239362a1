/** me: the runner of the bib is on a photo where nobody is published. not-me: is not on a photo shown to the bib. */
export type ClaimKind = 'me' | 'not-me';
export type ClaimState = 'waiting' | 'counted' | 'refused';

export const MOST_PHOTOS_OF_A_CLAIM = 30;
/** What one address may have waiting in one event, and all of them together. */
export const MOST_WAITING_OF_A_CLIENT = 60;
export const MOST_WAITING_OF_AN_EVENT = 5000;
/** An order speaks for a few photos: whoever bought a pack gets late photos free, and must not claim a gallery. */
export const MOST_COUNTED_BY_ORDERS = 5;
/** Where timing knows the runner, an order speaks for photos this near to a passage; clocks may be off by minutes. */
export const NEAR_PASSAGE_MS = 15 * 60_000;
