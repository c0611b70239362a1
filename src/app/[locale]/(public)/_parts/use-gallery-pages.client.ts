import { type RefObject, useEffect, useRef, useState } from 'react';
import type { PhotoCard } from '#ui/photo-card.ts';
import { keepPlace, restorePlace } from './gallery-place.client.ts';
import { idsShown } from './new-photos.ts';

interface PhotoPage {
  photos: PhotoCard[];
  next: string | null;
}

export interface GalleryPages extends PhotoPage {
  state: 'ready' | 'loading' | 'failed';
  loadMore: () => Promise<void>;
  /** Reads what is shown anew, and on until the wanted photos are there. Gives the photos, null when it failed. */
  readAgain: (wanted: ReadonlySet<string>) => Promise<PhotoCard[] | null>;
  /** To be put on what ends the gallery: the next page is fetched before it is seen. */
  end: RefObject<HTMLDivElement | null>;
}

const AHEAD = '2000px';
const MOST_PAGES_AGAIN = 20;

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

  async function readAgain(wanted: ReadonlySet<string>): Promise<PhotoCard[] | null> {
    setState('loading');
    const again = await fetchFromStart({ eventId, raceId, atLeast: photos.length, wanted });
    if (!again) {
      setState('failed');
      return null;
    }
    setPhotos(again.photos);
    setNext(again.next);
    setState('ready');
    return again.photos;
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

  return { photos, next, state, loadMore, readAgain, end };
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

async function fetchPage(
  eventId: string,
  raceId: string | null,
  after: string | null,
  cache: RequestCache = 'default',
): Promise<PhotoPage | null> {
  const query = new URLSearchParams({ ...(after ? { after } : {}), ...(raceId ? { race: raceId } : {}) });
  const response = await fetch(`/api/galleries/${eventId}?${query}`, { cache }).catch(() => null);
  return response?.ok ? response.json() : null;
}

interface Again {
  eventId: string;
  raceId: string | null;
  atLeast: number;
  wanted: ReadonlySet<string>;
}

async function fetchFromStart({ eventId, raceId, atLeast, wanted }: Again): Promise<PhotoPage | null> {
  const missing = new Set(wanted);
  let read: PhotoPage = { photos: [], next: null };
  for (let count = 0; count < MOST_PAGES_AGAIN; count += 1) {
    const page = await fetchPage(eventId, raceId, read.next, 'reload');
    if (!page) return null;
    read = { photos: withoutDoubles(read.photos, page.photos), next: page.next };
    for (const id of idsShown(page.photos)) missing.delete(id);
    if (page.next === null || (missing.size === 0 && read.photos.length >= atLeast)) break;
  }
  return read;
}

/** A photo that arrives between two pages may come twice. */
function withoutDoubles(shown: PhotoCard[], more: PhotoCard[]): PhotoCard[] {
  const known = new Set(shown.map((photo) => photo.id));
  return [...shown, ...more.filter((photo) => !known.has(photo.id))];
}
