import { getTranslations } from 'next-intl/server';
import { photoWords } from '#app/[locale]/(public)/_parts/photo-words.ts';
import type { PublicEvent } from '#domain/events/get-public-event.ts';
import type { GalleryPhoto } from '#domain/photos/photo.ts';
import { Bib } from '#ui/Bib.tsx';
import { formatClock } from '#ui/format-time.ts';
import { photoStyle } from '#ui/PhotoFigure.tsx';
import { describePhoto, sortBibs, toPhotoCard } from '#ui/photo-card.ts';
import { RenditionImage } from '#ui/RenditionImage.tsx';
import { FrameStrip } from './frame-strip.tsx';
import { PhotoSale } from './photo-sale.tsx';
import type { Neighbour } from './use-turning.client.ts';
import { Viewer } from './viewer.client.tsx';

interface ViewerScreenProps {
  event: PublicEvent;
  photo: GalleryPhoto;
  /** Who took it, as the file says. */
  author: string | null;
  /** The runner it is shown for; null in the gallery of all. */
  bib: string | null;
  bibColour?: string | null;
  /** "7 sur 14"; null where the whole is not counted. */
  place: { number: number; count: number } | null;
  /** Of the photo's stack, the photo included; none where it stands alone. */
  frames: GalleryPhoto[];
  /** All the runner's sure photos at one price; null in the gallery of all. */
  pack: { count: number } | null;
  previous: Neighbour | null;
  next: Neighbour | null;
  back: string;
  locale: string;
}

/** One marked preview, its neighbours, and its way into the cart. */
export async function ViewerScreen(view: ViewerScreenProps) {
  const { event, photo, bib, place, locale } = view;
  const [t, words] = await Promise.all([getTranslations('public'), photoWords(locale, event.timeZone)]);
  const base = `/${locale}/events/${event.slug}`;
  const alt = describePhoto(toPhotoCard(photo), place?.number ?? null, words);
  const taken = photo.takenAt ? formatClock(photo.takenAt, { locale, timeZone: event.timeZone }) : null;
  const others = sortBibs(photo.bibs.filter((other) => other !== bib));
  const shownBibs = bib ? [bib, ...others] : others;
  return (
    <main
      className="viewer"
      id="content"
      data-theme="dark"
      data-frames={view.frames.length > 0 ? '' : undefined}
    >
      <Viewer
        back={view.back}
        previous={view.previous}
        next={view.next}
        place={place ? t('viewer.place', place) : event.name}
        words={{
          close: t('viewer.close'),
          previous: t('viewer.previous'),
          next: t('viewer.next'),
          share: t('viewer.share'),
          copied: t('viewer.copied'),
        }}
      >
        <figure style={photoStyle(photo)}>
          <RenditionImage
            src={photo.previewUrl}
            width={photo.widthPx}
            height={photo.heightPx}
            alt={alt}
            fetchPriority="high"
            draggable={false}
          />
        </figure>
      </Viewer>
      <FrameStrip frames={view.frames} photoId={photo.id} base={`${base}/photos`} />
      <aside className="sheet" aria-label={t('viewer.about')}>
        <h1 className="sr-only">{alt}</h1>
        <div className="sheet-who">
          {shownBibs.map((one) => (
            <a key={one} href={`${base}/bib/${encodeURIComponent(one)}`}>
              <span className="sr-only">{t('viewer.seeBib')} </span>
              <Bib bib={one} colour={one === bib ? view.bibColour : null} />
            </a>
          ))}
          <div>
            <b>{event.name}</b>
            <small>{[taken, view.author].filter(Boolean).join(' · ')}</small>
          </div>
        </div>
        <PhotoSale {...view} />
        <p className="small" style={{ color: 'var(--on-night-2)' }}>
          {t('viewer.rights', { author: view.author ?? t('viewer.itsAuthor') })}
        </p>
      </aside>
    </main>
  );
}
