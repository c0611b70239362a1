import 'server-only';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { publicContext } from '#app/_web/public-context.ts';
import type { Context } from '#context.ts';
import { findClosedEvent } from '#domain/events/find-closed-event.ts';
import { getPublicEvent, type PublicEvent } from '#domain/events/get-public-event.ts';
import { isDomainError } from '#platform/errors.ts';

type Entrance =
  | { ctx: Context; event: PublicEvent; closed: null }
  /** All that is shown without the event's code. */
  | { ctx: Context; event: null; closed: { slug: string; name: string } };

/** A published event, or its closed door. Anything else is a page not found. */
export const loadEntrance = cache(async (locale: string, segment: string): Promise<Entrance> => {
  const ctx = await publicContext(locale);
  const slug = decodeURIComponent(segment);
  const event = await getPublicEvent(ctx, { slug }).catch(noneForMissing);
  if (event) return { ctx, event, closed: null };
  const closed = await findClosedEvent(ctx, { slug });
  if (!closed) notFound();
  return { ctx, event: null, closed };
});

/** A published event and the context it was read with, once per page. A closed one leads to where its code is asked for. */
export async function loadEvent(locale: string, slug: string): Promise<{ ctx: Context; event: PublicEvent }> {
  const { ctx, event, closed } = await loadEntrance(locale, slug);
  if (closed) redirect(`/${locale}/events/${closed.slug}`);
  return { ctx, event };
}

function noneForMissing(error: unknown): null {
  if (isDomainError(error) && (error.code === 'not-found' || error.code === 'bad-input')) return null;
  throw error;
}

/** For the end of a read: a refusal becomes the page that says "not here". */
export function absentPage(error: unknown): never {
  if (isDomainError(error) && (error.code === 'not-found' || error.code === 'bad-input')) notFound();
  throw error;
}
