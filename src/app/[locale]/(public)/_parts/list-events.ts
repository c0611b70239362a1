import 'server-only';
import type { Context } from '#context.ts';
import { listPublicEvents, type PublicEventSummary } from '#domain/events/list-public-events.ts';
import { listFirstPhotos } from '#domain/photos/list-first-photos.ts';

type Page = Awaited<ReturnType<typeof listPublicEvents>>;

/** Published events for a list of cards: one without a chosen cover shows its first wide photo, as on its own page. */
export async function listEvents(ctx: Context, input: Parameters<typeof listPublicEvents>[1]): Promise<Page> {
  const { events, next } = await listPublicEvents(ctx, input);
  const bare = events.filter((event) => event.coverPhotoId === null);
  const first = await listFirstPhotos(ctx, { eventIds: bare.map((event) => event.id) });
  const covered = (event: PublicEventSummary) => ({
    ...event,
    coverPhotoId: event.coverPhotoId ?? first.get(event.id) ?? null,
  });
  return { events: events.map(covered), next };
}
