'use client';

import { useEffect, useState } from 'react';
import { fill } from '#ui/fill.ts';
import { findFirstNew, idsShown, type NewPhotos, NO_NEW_PHOTOS } from './new-photos.ts';
import type { GalleryPages } from './use-gallery-pages.client.ts';
import { useNewPhotos } from './use-new-photos.client.ts';

export interface NewPhotosWords {
  newOne: string;
  newMany: string;
  newSome: string;
  loading: string;
}

interface NewPhotosBarProps {
  eventId: string;
  live: boolean;
  pages: GalleryPages;
  words: NewPhotosWords;
}

/** Says over the gallery how many photos have come, and on request shows them where they belong. Takes no room. */
export function NewPhotosBar({ eventId, live, pages, words }: NewPhotosBarProps) {
  const { heard, forget } = useNewPhotos(eventId, live, pages.photos);
  const [landing, setLanding] = useState<string | null>(null);
  const busy = pages.state === 'loading';

  useEffect(() => {
    if (landing === null) return;
    const link = document.querySelector<HTMLElement>(`.gallery-body a[href$="/photos/${landing}"]`);
    link?.scrollIntoView({ block: 'center' });
    link?.focus({ preventScroll: true });
    setLanding(null);
  }, [landing]);

  async function show() {
    if (busy) return;
    const shown = idsShown(pages.photos);
    const photos = await pages.readAgain(heard.ids);
    if (!photos) return;
    forget();
    setLanding(findFirstNew(photos, heard, shown));
  }

  return (
    <div className="new-photos" role="status">
      {heard === NO_NEW_PHOTOS ? null : (
        <button type="button" className="button" aria-busy={busy} onClick={() => void show()}>
          {busy ? <span className="spinner" aria-hidden="true" /> : null}
          {busy ? words.loading : tellCount(heard, words)}
        </button>
      )}
    </div>
  );
}

function tellCount({ ids, uncounted }: NewPhotos, words: NewPhotosWords): string {
  if (uncounted) return words.newSome;
  return ids.size === 1 ? words.newOne : fill(words.newMany, { count: ids.size });
}
