'use client';

import { useEffect, useRef, useState } from 'react';
import { fill } from '#ui/fill.ts';
import { formatHour } from '#ui/format-time.ts';
import { PhotoFigure } from '#ui/PhotoFigure.tsx';
import { describePhoto, groupByHour, type PhotoCard, type PhotoWords } from '#ui/photo-card.ts';
import { keepPlace, restorePlace } from './gallery-place.client.ts';

export interface GalleryWords extends PhotoWords {
  more: string;
  loading: string;
  failed: string;
  retry: string;
  unknownHour: string;
  end: string;
}

interface GalleryProps {
  eventId: string;
  raceId: string | null;
  photos: PhotoCard[];
  next: string | null;
  /** Where a photo is opened: its id is added. */
  photoBase: string;
  /** The page that follows, for those without script: the position is added. */
  nextBase: string;
  words: GalleryWords;
}

const EAGER = 6;
const AHEAD = '2000px';

/** Photos in justified rows, by hour. The next page comes before the end is seen; a plain link does it without script. */
export function Gallery({ eventId, raceId, photoBase, nextBase, words, ...first }: GalleryProps) {
  const [photos, setPhotos] = useState(first.photos);
  const [next, setNext] = useState(first.next);
  const [state, setState] = useState<'ready' | 'loading' | 'failed'>('ready');
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
    const mark = end.current;
    if (!mark || next === null || state !== 'ready') return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) void loadMore();
      },
      { rootMargin: AHEAD },
    );
    observer.observe(mark);
    return () => observer.disconnect();
  }, [next, state]);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only discourages saving a preview with the mouse.
    <div className="gallery-body" onContextMenu={discourageSaving}>
      {groupByHour(photos, words.timeZone).map((moment) => (
        <section key={`${moment.hour}-${moment.offset}`}>
          <div className="moment" id={moment.hour === null ? undefined : `h${moment.hour}`}>
            <h3>{moment.hour === null ? words.unknownHour : formatHour(moment.hour, words.locale)}</h3>
          </div>
          <div className="photos">
            {moment.photos.map((photo, index) => (
              <PhotoFigure
                key={photo.id}
                photo={photo}
                href={`${photoBase}/${photo.id}`}
                alt={describePhoto(photo, moment.offset + index + 1, words)}
                eager={moment.offset + index < EAGER}
              />
            ))}
          </div>
        </section>
      ))}
      {/* A new end for each page: one that moved would count as a shift of the page. */}
      <div className="more" key={next ?? 'end'} ref={end} role="status">
        {state === 'loading' ? (
          <span className="row">
            <span className="spinner" aria-hidden="true" />
            {words.loading}
          </span>
        ) : null}
        {state === 'failed' ? (
          <>
            <span>{words.failed}</span>
            <button type="button" className="button" onClick={() => void loadMore()}>
              {words.retry}
            </button>
          </>
        ) : null}
        {state === 'ready' && next !== null ? (
          <a className="button" rel="next" href={fill(nextBase, { after: encodeURIComponent(next) })}>
            {words.more}
          </a>
        ) : null}
        {next === null ? words.end : null}
      </div>
    </div>
  );
}

interface PageAnswer {
  photos: PhotoCard[];
  next: string | null;
}

async function fetchPage(eventId: string, raceId: string | null, after: string): Promise<PageAnswer | null> {
  const query = new URLSearchParams({ after, ...(raceId ? { race: raceId } : {}) });
  const response = await fetch(`/api/galleries/${eventId}?${query}`).catch(() => null);
  return response?.ok ? response.json() : null;
}

/** A photo that arrives between two pages may come twice. */
function withoutDoubles(shown: PhotoCard[], more: PhotoCard[]): PhotoCard[] {
  const known = new Set(shown.map((photo) => photo.id));
  return [...shown, ...more.filter((photo) => !known.has(photo.id))];
}

/** Mouse and finger only: the context-menu key of a keyboard keeps working. */
function discourageSaving(event: React.MouseEvent) {
  const { nativeEvent } = event;
  const byPointer = nativeEvent instanceof PointerEvent && nativeEvent.pointerType !== '';
  if (byPointer && event.target instanceof HTMLImageElement) event.preventDefault();
}
