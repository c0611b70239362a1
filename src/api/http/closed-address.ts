import { claimedSlugs } from '#domain/events/closed-event.ts';

/**
 * Pages of events stand twice in the file tree: under /<locale>/events, kept for everybody, and under /<locale>/closed, made
 * for each visitor of a closed event. Gives the address that Next must see: the second for who holds a cookie of the event,
 * and null when that was asked for by its own name, which does not exist.
 */
export function closedAddress(
  address: string,
  path: string,
  cookieHeader: string | undefined,
): string | null {
  const [, locale = '', first = '', slug = ''] = path.split('/');
  if (locale !== 'fr' && locale !== 'en') return address;
  if (/^closed(?![a-z0-9_-])/i.test(first)) return null;
  if (first !== 'events' || !claimedSlugs(cookieHeader).has(slug)) return address;
  const mark = `/${locale}/events/`;
  return address.startsWith(mark) ? `/${locale}/closed/${address.slice(mark.length)}` : address;
}
