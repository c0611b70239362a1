import { getTranslations } from 'next-intl/server';
import { addAllPhotosToCart } from '#app/_web/cart-actions.ts';
import type { PublicEvent } from '#domain/events/get-public-event.ts';
import type { GalleryPhoto } from '#domain/photos/photo.ts';
import { formatMoney } from '#ui/format-money.ts';
import { countUntilCap } from './count-until-cap.ts';
import { RunnerOffer, RunnerTotal } from './runner-offer.client.tsx';

interface OfferSectionProps {
  event: PublicEvent;
  bib: string;
  photos: GalleryPhoto[];
  locale: string;
}

/** What the photos cost: one by one, and the price at which they stop costing more. */
export async function RunnerOfferSection({ event, bib, photos, locale }: OfferSectionProps) {
  const t = await getTranslations('public');
  const money = (cents: number) => formatMoney(cents, event.currency, locale);
  const [single, cap] = [money(event.photoPriceCents), money(event.allPhotosPriceCents)];
  const count = photos.length;
  const untilCap = countUntilCap(event.photoPriceCents, event.allPhotosPriceCents);
  const capped = count * event.photoPriceCents > event.allPhotosPriceCents;
  const sale = {
    locale,
    eventId: event.id,
    bib,
    photoIds: photos.map((photo) => photo.id),
    photoPriceCents: event.photoPriceCents,
    allPhotosPriceCents: event.allPhotosPriceCents,
    currency: event.currency,
    cap: capped
      ? {
          label: t('offer.capLabel', { single, number: untilCap, count, price: cap }),
          from: t('offer.capFrom', { price: single }),
          to: t('offer.capTo', { number: untilCap, count, price: cap }),
        }
      : null,
    words: {
      takeAll: t('offer.takeAll', { count, price: cap }),
      allChosen: t('offer.allChosen'),
      toCart: t('offer.toCart'),
      cart: t('offer.cart'),
      pay: t('offer.pay'),
      pending: t('offer.pending'),
      chosenOne: t('offer.chosenOne'),
      chosenMany: t('offer.chosenMany'),
      all: t('offer.all', { count, price: cap }),
      untilCapOne: t('offer.untilCapOne', { price: cap }),
      untilCapMany: t('offer.untilCapMany', { price: cap }),
      atCap: t('offer.atCap', { price: cap }),
    },
  };
  return (
    <>
      <aside className="offer" aria-labelledby="offer-title">
        <h2 id="offer-title">
          {capped ? t('offer.capTitle', { price: cap }) : t('offer.title', { price: single })}
        </h2>
        <p>
          {capped ? t('offer.capText', { price: single, number: untilCap }) : t('offer.text', { price: cap })}
        </p>
        <RunnerOffer {...sale} action={addAllPhotosToCart} />
        <p className="small muted">{t('offer.files')}</p>
      </aside>
      <RunnerTotal {...sale} action={addAllPhotosToCart} />
    </>
  );
}
