import { eq } from 'drizzle-orm';
import type { Context } from '#context.ts';
import { mayVisit } from './closed-event.ts';
import type { Race } from './event.ts';
import { listEventRaces } from './list-event-races.ts';
import { eventNotFound } from './require-own-event.ts';
import { events } from './tables.ts';

export interface PublicEvent {
  id: string;
  slug: string;
  name: string;
  sport: string;
  startsAt: Date;
  timeZone: string;
  place: string;
  description: string;
  coverPhotoId: string | null;
  races: Race[];
  photoPriceCents: number;
  allPhotosPriceCents: number;
  currency: string;
  access: 'public' | 'unlisted';
  publishedAt: Date;
}

/** A published event by the name in its address. Throws not-found for a draft, an archived one, one that is closed to this visitor, and none. */
export async function getPublicEvent(ctx: Context, input: { slug: string }): Promise<PublicEvent> {
  const [event] = await ctx.db.select().from(events).where(eq(events.slug, input.slug));
  if (!event || !mayVisit(ctx, event)) throw eventNotFound();
  return {
    id: event.id,
    slug: event.slug,
    name: event.name,
    sport: event.sport,
    startsAt: event.startsAt,
    timeZone: event.timeZone,
    place: event.place,
    description: event.description,
    coverPhotoId: event.coverPhotoId,
    races: await listEventRaces(ctx, { eventId: event.id }),
    photoPriceCents: event.photoPriceCents,
    allPhotosPriceCents: event.allPhotosPriceCents,
    currency: event.currency,
    access: event.access,
    publishedAt: event.publishedAt ?? event.updatedAt,
  };
}
