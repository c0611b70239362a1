import 'server-only';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { publicContext } from '#app/_web/public-context.ts';
import { getPublicEvent, type PublicEvent } from '#domain/events/get-public-event.ts';
import { isDomainError } from '#platform/errors.ts';

/** A published event and the anonymous context it was read with, once per page. Anything else is a page not found. */
export const loadEvent = cache(async (locale: string, slug: string) => {
  const ctx = await publicContext(locale);
  const event: PublicEvent = await getPublicEvent(ctx, { slug: decodeURIComponent(slug) }).catch(absentPage);
  return { ctx, event };
});

/** For the end of a read: a refusal becomes the page that says "not here". */
export function absentPage(error: unknown): never {
  if (isDomainError(error) && (error.code === 'not-found' || error.code === 'bad-input')) notFound();
  throw error;
}
