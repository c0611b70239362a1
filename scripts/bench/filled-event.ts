import type { Context } from '#context.ts';
import { createEnginePool } from '#vision/engine-pool.ts';
import {
  makeAttribution,
  makeEvent,
  makePhoto,
  makeRendition,
  makeStartListEntry,
} from '../../tests/factories.ts';
import { drawPlainPhoto } from '../../tests/fixtures/plain-photo.ts';

const RUNNERS = 20;

export interface FilledEvent {
  slug: string;
  eventId: string;
  photoIds: string[];
  bibs: string[];
  preview: Uint8Array;
}

/** A published event with as many photos as a gallery shows, all with the files of one. */
export async function fillEvent(ctx: Context, photos: number): Promise<FilledEvent> {
  const files = await drawFiles();
  const event = await makeEvent(ctx, { timeZone: 'Europe/Paris' });
  const bibs = Array.from({ length: RUNNERS }, (_, index) => String(1000 + index));
  for (const bib of bibs)
    await makeStartListEntry(ctx, { eventId: event.id, bib, lastName: `Moreau ${bib}` });
  const photoIds: string[] = [];
  for (let index = 0; index < photos; index += 1) {
    const bib = bibs[index % RUNNERS] ?? '';
    const takenAt = new Date(Date.UTC(2026, 4, 17, 7) + index * 3000);
    const photo = await makePhoto(ctx, { eventId: event.id, bibs: [bib], takenAt, tone: '#6b7a80' });
    photoIds.push(photo.id);
    await makeAttribution(ctx, { eventId: event.id, photoId: photo.id, bib });
    for (const kind of ['preview', 'thumbnail'] as const) {
      const body = files[kind];
      const { storageKey } = await makeRendition(ctx, { photoId: photo.id, kind, sizeBytes: body.length });
      await ctx.storage.put(storageKey, Buffer.from(body), 'image/webp');
    }
  }
  return { slug: event.slug, eventId: event.id, photoIds, bibs, preview: files.preview };
}

async function drawFiles() {
  const pool = createEnginePool({ lanes: 1 });
  try {
    const bytes = await drawPlainPhoto({ widthPx: 3000, heightPx: 2000, seed: 'bench', text: '1204' });
    const { renditions } = await pool.analysePhoto(bytes, { renditions: { mark: { seed: 'bench' } } });
    if (!renditions) throw new Error('no renditions');
    return { preview: renditions.preview.bytes, thumbnail: renditions.thumbnail.bytes };
  } finally {
    await pool.close();
  }
}
