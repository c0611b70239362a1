import { getTranslations } from 'next-intl/server';
import { addPhotoToCart, removePhotoFromCart } from '#app/_web/cart-actions.ts';
import type { PublicEvent } from '#domain/events/get-public-event.ts';
import type { GalleryPhoto } from '#domain/photos/photo.ts';
import { formatMoney } from '#ui/format-money.ts';
import { PhotoFigure } from '#ui/PhotoFigure.tsx';
import { describePhoto, toPhotoCard } from '#ui/photo-card.ts';
import { AddPhoto } from './add-photo.client.tsx';
import { loadOffer } from './load-offer.ts';
import { photoWords } from './photo-words.ts';
import { SizeChoice } from './size-choice.client.tsx';

interface RunnerPhotosProps {
  event: PublicEvent;
  bib: string;
  photos: GalleryPhoto[];
  /** How many photos are numbered before these. */
  offset: number;
  locale: string;
}

const EAGER = 4;

/** A runner's photos, each with its way into the cart. */
export async function RunnerPhotos({ event, bib, photos, offset, locale }: RunnerPhotosProps) {
  const [t, words, { sale }] = await Promise.all([
    getTranslations('public'),
    photoWords(locale, event.timeZone),
    loadOffer(locale, event.id),
  ]);
  const sizes = sale.sizes.map(({ size }) => size);
  const base = `/${locale}/events/${event.slug}/bib/${encodeURIComponent(bib)}/photos`;
  return (
    <>
      {offset === 0 && sizes.length > 1 ? (
        <div className="photo-sizes">
          <SizeChoice
            legend={t('offer.sizeLegend')}
            sizes={sale.sizes.map(({ size, cents }) => ({
              size,
              label: t(`offer.size.${size}`),
              price: formatMoney(cents, sale.currency, locale),
            }))}
          />
        </div>
      ) : null}
      <div className="photos" data-large="">
        {photos.map((photo, index) => {
          const card = toPhotoCard(photo);
          const number = offset + index + 1;
          return (
            <PhotoFigure
              key={photo.id}
              photo={card}
              href={`${base}/${photo.id}`}
              alt={describePhoto(card, number, words)}
              eager={number <= EAGER}
            >
              {sizes.length === 0 ? null : (
                <AddPhoto
                  actions={{ add: addPhotoToCart, remove: removePhotoFromCart }}
                  eventId={event.id}
                  photoId={photo.id}
                  bib={bib}
                  sizes={sizes}
                  addLabel={t('photo.addNumber', { number })}
                  removeLabel={t('photo.removeNumber', { number })}
                />
              )}
            </PhotoFigure>
          );
        })}
      </div>
    </>
  );
}
