import { getTranslations } from 'next-intl/server';
import {
  addAllPhotosToCart,
  addPhotoToCart,
  removePhotoFromCart,
  takeGivenPhotos,
} from '#app/_web/cart-actions.ts';
import { loadOffer } from '#app/[locale]/(public)/_parts/load-offer.ts';
import type { PublicEvent } from '#domain/events/get-public-event.ts';
import type { GalleryPhoto } from '#domain/photos/photo.ts';
import { formatMoney } from '#ui/format-money.ts';
import { BuyPhoto } from './buy-photo.client.tsx';

interface PhotoSaleProps {
  event: PublicEvent;
  photo: GalleryPhoto;
  /** The runner it is shown for; null in the gallery of all. */
  bib: string | null;
  /** All the runner's sure photos at one price; null in the gallery of all. */
  pack: { count: number } | null;
  locale: string;
}

/** The sizes that one photo can be had in, each with its price, and all photos of the runner. */
export async function PhotoSale({ event, photo, bib, pack, locale }: PhotoSaleProps) {
  const [{ sale }, t] = await Promise.all([loadOffer(locale, event.id), getTranslations('public')]);
  if (sale.sizes.length === 0) return <p className="small">{t('offer.offTitle')}</p>;
  const money = (cents: number) => formatMoney(cents, sale.currency, locale);
  const alone = sale.sizes.length === 1;
  const sizes = sale.sizes.map(({ size, cents, fullCents }) => ({
    size,
    label:
      fullCents === 0
        ? t(`viewer.take.${size}`)
        : t(alone ? 'viewer.add' : `viewer.addSize.${size}`, { price: money(cents) }),
    action: fullCents === 0 ? takeGivenPhotos : addPhotoToCart,
  }));
  return (
    <>
      {sale.selling === 'sponsored' ? (
        <p>{t('offer.sponsoredTitle', { sponsor: sale.sponsorName ?? '' })}</p>
      ) : null}
      {sale.discount ? (
        <p className="small">{t('offer.discountShort', { percent: sale.discount.percent })}</p>
      ) : null}
      <BuyPhoto
        remove={removePhotoFromCart}
        eventId={event.id}
        photoId={photo.id}
        bib={bib ?? (photo.bibs.length === 1 ? (photo.bibs[0] ?? null) : null)}
        cartHref={`/${locale}/cart`}
        sizes={sizes}
        words={{
          chosen: t('viewer.chosen'),
          inPack: t('offer.allChosen'),
          remove: t('viewer.remove'),
          toCart: t('offer.toCart'),
          pending: t('offer.pending'),
        }}
        pack={
          pack && pack.count > 1 && sale.selling !== 'free'
            ? {
                action: addAllPhotosToCart,
                label: t('offer.takeAll', { count: pack.count, price: money(sale.allPhotos.cents) }),
              }
            : null
        }
      />
      <p className="small">{t(alone ? 'viewer.file' : 'viewer.files')}</p>
    </>
  );
}
