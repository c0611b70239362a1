import { type RefObject, useEffect, useRef, useState } from 'react';
import type { PhotoCard } from '#ui/photo-card.ts';
import { keepPlace, restorePlace } from './gallery-place.client.ts';

interface PhotoPage {
  photos: PhotoCard[];
  next: string | null;
}

export interface GalleryPages extends PhotoPage {
  state: 'ready' | 'loading' | 'failed';
  loadMore: () => Promise<void>;
  /** To be put on what ends the gallery: the next page is fetched before it is seen. */
  end: RefObject<HTMLDivElement | null>;
}

const AHEAD = '2000px';

/** The pages of a gallery seen so far, the first given by the server; kept for who comes back to it. */
export function useGalleryPages(eventId: string, raceId: string | null, first: PhotoPage): GalleryPages {
  const [photos, setPhotos] = useState(first.photos);
  const [next, setNext] = useState(first.next);
  const [state, setState] = useState<GalleryPages['state']>('ready');
  const end = useRef<HTMLDivElement>(null);

  async function loadMore() {
    if (next === null || state === 'loading') return;
    setState('loading');
    const page = await fetchPage(eventId, raceId, next);
    if (!page) return setState('failed');
    setPhotos((shown) => withoutDoubles(shown, page.photos));
    setNext(page.next);
    setState('ready');
  }

  useEffect(() => {
    const kept = restorePlace();
    if (!kept) return;
    setPhotos(kept.photos);
    setNext(kept.next);
    requestAnimationFrame(() => window.scrollTo(0, kept.scrollY));
  }, []);

  useEffect(() => {
    const leave = () => keepPlace({ photos, next, scrollY: window.scrollY });
    window.addEventListener('pagehide', leave);
    return () => window.removeEventListener('pagehide', leave);
  }, [photos, next]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page renews what the observer closes over.
  useEffect(() => {
    if (!end.current || next === null || state !== 'ready') return;
    return whenNear(end.current, () => void loadMore());
  }, [next, state]);

  return { photos, next, state, loadMore, end };
}

function whenNear(mark: Element, act: () => void): () => void {
  const observer = new IntersectionObserver(
    (entries) => {
      if (entries.some((entry) => entry.isIntersecting)) act();
    },
    { rootMargin: AHEAD },
  );
  observer.observe(mark);
  return () => observer.disconnect();
}

async function fetchPage(eventId: string, raceId: string | null, after: string): Promise<PhotoPage | null> {
  const query = new URLSearchParams({ after, ...(raceId ? { race: raceId } : {}) });
  const response = await fetch(`/api/galleries/${eventId}?${query}`).catch(() => null);
  return response?.ok ? response.json() : null;
}

/** A photo that arrives between two pages may come twice. */
function withoutDoubles(shown: PhotoCard[], more: PhotoCard[]): PhotoCard[] {
  const known = new Set(shown.map((photo) => photo.id));
  return [...shown, ...more.filter((photo) => !known.has(photo.id))];
}
