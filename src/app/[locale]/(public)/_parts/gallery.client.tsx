'use client';

import type { ReactNode } from 'react';
import { discourageSaving } from '#ui/discourage-saving.ts';
import { fill } from '#ui/fill.ts';
import { formatHour } from '#ui/format-time.ts';
import { PhotoFigure } from '#ui/PhotoFigure.tsx';
import {
  describePhoto,
  type FramesWords,
  groupByHour,
  type Moment,
  type PhotoCard,
  type PhotoWords,
} from '#ui/photo-card.ts';
import { NewPhotosBar, type NewPhotosWords } from './new-photos-bar.client.tsx';
import { type GalleryPages, useGalleryPages } from './use-gallery-pages.client.ts';

export interface GalleryWords extends PhotoWords, NewPhotosWords, FramesWords {
  more: string;
  failed: string;
  retry: string;
  unknownHour: string;
  end: string;
}

interface GalleryProps {
  eventId: string;
  raceId: string | null;
  /** Tells of photos that come while it is open: only where it shows all of them from the start. */
  live: boolean;
  /** Instead of the photos while there is none. */
  empty: ReactNode;
  photos: PhotoCard[];
  next: string | null;
  /** Where a photo is opened: its id is added. */
  photoBase: string;
  /** The page that follows, for those without script: `{after}` is its position. */
  nextBase: string;
  words: GalleryWords;
}

const EAGER = 6;

/** Photos in justified rows, by hour. The next page comes before the end is seen; a plain link does it without script. */
export function Gallery({
  eventId,
  raceId,
  live,
  empty,
  photoBase,
  nextBase,
  words,
  ...first
}: GalleryProps) {
  const pages = useGalleryPages(eventId, raceId, first);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only discourages saving a preview with the mouse.
    <div className="gallery-body" onContextMenu={discourageSaving}>
      <NewPhotosBar eventId={eventId} live={live} pages={pages} words={words} />
      {pages.photos.length === 0 ? empty : null}
      {groupByHour(pages.photos, words.timeZone).map((moment) => (
        <MomentRows
          key={`${moment.hour}-${moment.offset}`}
          moment={moment}
          photoBase={photoBase}
          words={words}
        />
      ))}
      {/* A new end for each page: one that moved would count as a shift of the page. */}
      {pages.photos.length > 0 || pages.state === 'failed' ? (
        <GalleryEnd key={pages.next ?? 'end'} pages={pages} nextBase={nextBase} words={words} />
      ) : null}
    </div>
  );
}

interface MomentRowsProps {
  moment: Moment<PhotoCard>;
  photoBase: string;
  words: GalleryWords;
}

function MomentRows({ moment, photoBase, words }: MomentRowsProps) {
  return (
    <section>
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
            framesWords={words}
          />
        ))}
      </div>
    </section>
  );
}

interface GalleryEndProps {
  pages: GalleryPages;
  nextBase: string;
  words: GalleryWords;
}

/** What follows: the next page on its way, failed, or behind a link; or the end. */
function GalleryEnd({ pages: { state, next, loadMore, end }, nextBase, words }: GalleryEndProps) {
  return (
    <div className="more" ref={end} role="status">
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
  );
}
