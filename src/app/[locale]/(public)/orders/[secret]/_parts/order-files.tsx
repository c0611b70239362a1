import { getTranslations } from 'next-intl/server';
import type { CSSProperties } from 'react';
import { photoWords } from '#app/[locale]/(public)/_parts/photo-words.ts';
import type { OrderPhotoView, OrderView } from '#domain/orders/get-order.ts';
import { Bib, BlankBib } from '#ui/Bib.tsx';
import { formatBytes } from '#ui/format-bytes.ts';
import { formatClock } from '#ui/format-time.ts';
import { Icon } from '#ui/Icon.tsx';
import { describePhoto } from '#ui/photo-card.ts';
import { RenditionImage } from '#ui/RenditionImage.tsx';

interface OrderFilesProps {
  order: OrderView;
  locale: string;
}

/** The ZIP, each original, and the place of those to come. */
export async function OrderFiles({ order, locale }: OrderFilesProps) {
  const t = await getTranslations('shop');
  const growing = order.lines.find((line) => line.kind === 'all-photos');
  return (
    <section
      className="stack"
      style={{ '--gap': 'var(--s6)' } as CSSProperties}
      aria-label={t('order.downloads')}
    >
      {order.archive ? (
        <div className="take">
          <a className="button" data-kind="primary" href={order.archive.url} download>
            <Icon name="download" />
            {t('order.downloadAll', { size: formatBytes(order.archive.sizeBytes, locale) })}
          </a>
          <p className="small muted">{t('order.zipNote')}</p>
        </div>
      ) : null}
      {order.photos.length === 0 ? <p>{t('order.noPhotos')}</p> : null}
      <div className="files">
        {order.photos.map((photo, index) => (
          <OrderFile key={photo.photoId} photo={photo} number={index + 1} locale={locale} />
        ))}
        {growing ? (
          <figure className="file">
            <div className="file-photo" data-wait="" aria-hidden="true">
              {growing.bib ? <Bib bib={growing.bib} /> : <BlankBib />}
            </div>
            <figcaption>
              <span>
                {t('order.coming')}
                <small>{t('order.comingText')}</small>
              </span>
            </figcaption>
          </figure>
        ) : null}
      </div>
    </section>
  );
}

interface OrderFileProps {
  photo: OrderPhotoView;
  number: number;
  locale: string;
}

async function OrderFile({ photo, number, locale }: OrderFileProps) {
  const [t, words] = await Promise.all([getTranslations('shop'), photoWords(locale, photo.timeZone)]);
  const takenAt = photo.takenAt?.toISOString() ?? null;
  const said = describePhoto({ bibs: photo.bibs, takenAt }, number, words);
  const size = formatBytes(photo.sizeBytes, locale);
  const place = { locale, timeZone: photo.timeZone };
  return (
    <figure className="file">
      <div
        className="file-photo"
        style={photo.tone ? ({ '--tone': photo.tone } as CSSProperties) : undefined}
      >
        {photo.thumbnailUrl ? (
          <RenditionImage
            src={photo.thumbnailUrl}
            width={photo.widthPx ?? 4}
            height={photo.heightPx ?? 3}
            alt={said}
            loading="lazy"
          />
        ) : (
          <span>{t('order.notShown')}</span>
        )}
      </div>
      <figcaption>
        <span>
          {photo.takenAt ? formatClock(photo.takenAt, place) : photo.fileName}
          <small>{photo.downloadedAt ? t('order.taken', { size }) : size}</small>
        </span>
        {photo.downloadUrl ? (
          <a
            className="button"
            data-kind="icon"
            href={photo.downloadUrl}
            download={photo.fileName}
            aria-label={t('order.downloadOne', { photo: said })}
          >
            <Icon name={photo.downloadedAt ? 'check' : 'download'} />
          </a>
        ) : null}
      </figcaption>
    </figure>
  );
}
