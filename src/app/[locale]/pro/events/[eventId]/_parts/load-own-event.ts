import 'server-only';
import { cache } from 'react';
import { absentPage, requireProPage } from '#app/_web/guards.ts';
import { getOwnEvent } from '#domain/events/get-own-event.ts';

/** The event of a pro page and the context it was read with, once per request. Not there and not yours look the same. */
export const loadOwnEvent = cache(async (locale: string, eventId: string) => {
  const ctx = await requireProPage(locale, `/${locale}/pro/events/${eventId}`);
  const event = await getOwnEvent(ctx, { eventId }).catch(absentPage);
  return { ctx, event };
});
