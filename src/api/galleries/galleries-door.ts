import { Hono } from 'hono';
import { type Context, withActor } from '#context.ts';
import { withOpened } from '#domain/events/closed-event.ts';
import { listVisiblePhotos } from '#domain/photos/list-visible-photos.ts';

const PAGE = 60;

/** GET /api/galleries/:eventId?after=&race=: the page of a gallery that follows, the same for everybody but of a closed event. */
export function openGalleriesDoor(ctx: Context): Hono {
  const door = new Hono();
  door.get('/:eventId', async (c) => {
    const visitor = await withOpened(withActor(ctx, { kind: 'anonymous' }), c.req.header('cookie'));
    const page = await listVisiblePhotos(visitor, {
      eventId: c.req.param('eventId'),
      after: c.req.query('after'),
      raceId: c.req.query('race'),
      limit: PAGE,
    });
    c.header('cache-control', visitor.opened?.size ? 'private, no-store' : 'public, max-age=15');
    return c.json({ photos: page.photos.map(toCard), next: page.next });
  });
  return door;
}

type VisiblePhotos = Awaited<ReturnType<typeof listVisiblePhotos>>['photos'];

/** What a browser needs to draw one photo; as `PhotoCard` of the pages. */
function toCard(photo: VisiblePhotos[number]) {
  return {
    id: photo.id,
    widthPx: photo.widthPx,
    heightPx: photo.heightPx,
    tone: photo.tone,
    takenAt: photo.takenAt?.toISOString() ?? null,
    bibs: photo.bibs,
    thumbnailUrl: photo.thumbnailUrl,
    ...(photo.others.length > 0 && { others: photo.others }),
  };
}
