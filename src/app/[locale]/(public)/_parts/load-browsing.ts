import 'server-only';
import { cache } from 'react';
import type { Context } from '#context.ts';
import type { PublicEvent } from '#domain/events/get-public-event.ts';
import { listPhotoPlaces, type PhotoPlace } from '#domain/matching/photo-places.ts';
import { getPhotoSpan } from '#domain/photos/get-photo-span.ts';
import { listDays } from './moment.ts';

/** What an event's photos can be browsed by besides their order: the days and the places they were taken at. */
export const loadBrowsing = cache(
  async (ctx: Context, event: PublicEvent): Promise<{ days: string[]; places: PhotoPlace[] }> => {
    const [span, places] = await Promise.all([
      getPhotoSpan(ctx, { eventId: event.id, startsAt: event.startsAt }),
      listPhotoPlaces(ctx, { eventId: event.id }),
    ]);
    const { first, last } = span ?? { first: event.startsAt, last: event.startsAt };
    return { days: listDays(first, last, event.timeZone), places };
  },
);
