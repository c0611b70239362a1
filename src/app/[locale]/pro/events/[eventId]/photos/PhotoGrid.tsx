import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import type { OwnGridPhoto, OwnPhotoFilter } from '#domain/photos/list-own-photos.ts';
import { Bib } from '#ui/Bib.tsx';
import { EmptyState } from '#ui/EmptyState.tsx';
import { Icon } from '#ui/Icon.tsx';
import { RenditionImage } from '#ui/RenditionImage.tsx';

interface PhotoGridProps {
  /** Of the event in the pro space, without a final slash. */
  address: string;
  filters: readonly OwnPhotoFilter[];
  /** Null while the frames of one stack are shown. */
  filter: OwnPhotoFilter | null;
  photos: OwnGridPhoto[];
  next: string | null;
  timeZone: string;
}

/** The event's photos with their state, a page at a time. */
export function PhotoGrid({ address, filters, filter, photos, next, timeZone }: PhotoGridProps) {
  const t = useTranslations('upload.photos');
  return (
    <section className="own-photos" aria-labelledby="own-photos">
      <header className="row">
        <h2 id="own-photos">{filter === null ? t('stack', { count: photos.length }) : t('title')}</h2>
        <nav className="filters end" aria-label={t('filters.label')}>
          {filters.map((name) => (
            <Link
              key={name}
              href={`${address}/photos?filter=${name}`}
              aria-current={name === filter ? 'true' : undefined}
              prefetch={false}
            >
              {t(`filters.${name}`)}
            </Link>
          ))}
        </nav>
      </header>
      {filter === 'doubtful' && photos.length > 0 ? (
        <p>
          <Link className="button" data-kind="primary" href={`${address}/triage`}>
            {t('triage')}
          </Link>
        </p>
      ) : null}
      {photos.length === 0 ? (
        <EmptyState title={t('empty.title')} heading="h3">
          {filter === 'all' ? t('empty.all') : t('empty.filtered')}
        </EmptyState>
      ) : (
        <ul className="own-grid">
          {photos.map((photo) => (
            <li key={photo.id}>
              {photo.frames > 1 ? (
                <Link
                  className="frames"
                  href={`${address}/photos?stack=${photo.id}#own-photos`}
                  aria-label={t('framesOf', { count: photo.frames, fileName: photo.fileName })}
                  prefetch={false}
                >
                  <Icon name="burst" />
                  {t('frames', { count: photo.frames })}
                </Link>
              ) : null}
              <OwnPhotoCard photo={photo} address={address} timeZone={timeZone} />
            </li>
          ))}
        </ul>
      )}
      {next ? (
        <Link
          className="button"
          href={`${address}/photos?filter=${filter}&after=${encodeURIComponent(next)}`}
        >
          {t('next')}
        </Link>
      ) : null}
    </section>
  );
}

function OwnPhotoCard({
  photo,
  address,
  timeZone,
}: {
  photo: OwnGridPhoto;
  address: string;
  timeZone: string;
}) {
  const t = useTranslations('upload');
  const format = useFormatter();
  const bibs =
    photo.bibs.length === 0
      ? t('photos.noBib')
      : t('photos.bibs', { count: photo.bibs.length, list: photo.bibs.join(', ') });
  const reason = photo.failureReason ?? 'unknown';
  return (
    <Link href={`${address}/photos/${photo.id}`} className="own-photo" prefetch={false}>
      <span className="own-frame" style={{ background: photo.tone }}>
        {photo.thumbnailUrl ? (
          <RenditionImage
            src={photo.thumbnailUrl}
            width={photo.widthPx ?? 3}
            height={photo.heightPx ?? 2}
            alt={t('photos.alt', { fileName: photo.fileName, bibs })}
            loading="lazy"
          />
        ) : null}
      </span>
      <span className="own-name">{photo.fileName}</span>
      {photo.takenAt ? (
        <span className="muted small num">
          {format.dateTime(photo.takenAt, { timeStyle: 'medium', timeZone })}
        </span>
      ) : null}
      {photo.state === 'ready' ? (
        <span className="own-bibs">
          {photo.bibs.length > 0 ? (
            photo.bibs.map((bib) => <Bib key={bib} bib={bib} />)
          ) : (
            <span className="muted small">{t('photos.noBib')}</span>
          )}
        </span>
      ) : (
        <span className="chip" data-state={photo.state === 'failed' ? 'bad' : undefined}>
          {t(`photos.state.${photo.state}`)}
        </span>
      )}
      {photo.state === 'failed' ? (
        <small className="muted">
          {t.has(`failureReason.${reason}`) ? t(`failureReason.${reason}`) : t('failureReason.unknown')}{' '}
          {t('photos.creditBack')}
        </small>
      ) : null}
    </Link>
  );
}
