import { getTranslations } from 'next-intl/server';
import { addAllPhotosToCart } from '#app/_web/cart-actions.ts';
import type { PublicEvent } from '#domain/events/get-public-event.ts';
import type { GalleryPhoto } from '#domain/photos/photo.ts';
import { formatMoney } from '#ui/format-money.ts';
import { MOST_BARS } from '#ui/PriceCap.tsx';
import { countUntilCap } from './count-until-cap.ts';
import { loadOffer } from './load-offer.ts';
import { OfferLines } from './offer-lines.tsx';
import { RunnerGift } from './runner-gift.tsx';
import { RunnerOffer, RunnerTotal } from './runner-offer.client.tsx';
import { climbPrices, hasMorePrices, type Sale } from './sale.ts';

interface OfferSectionProps {
  event: PublicEvent;
  bib: string;
  photos: GalleryPhoto[];
  locale: string;
}

/** What one runner's photos cost, or that they are given, or that nobody can have them. */
export async function RunnerOfferSection({ event, bib, photos, locale }: OfferSectionProps) {
  const [{ offer, sale, now }, t] = await Promise.all([
    loadOffer(locale, event.id),
    getTranslations('public'),
  ]);
  const photoIds = photos.map((photo) => photo.id);
  if (sale.selling === 'off') {
    return (
      <aside className="offer" aria-labelledby="offer-title">
        <h2 id="offer-title">{t('offer.offTitle')}</h2>
        <p>{t('offer.offText')}</p>
      </aside>
    );
  }
  if (sale.selling === 'free')
    return <RunnerGift sale={sale} bib={bib} photoIds={photoIds} locale={locale} />;
  const climbCents = climbPrices(offer, {
    size: 'original',
    photos: Math.min(photos.length, MOST_BARS),
    now,
  });
  const words = await offerWords({ sale, count: photos.length, climbCents, locale });
  const sold = { locale, eventId: event.id, bib, photoIds, climbCents, ...words };
  const sponsored = sale.selling === 'sponsored';
  const box = (
    <aside className="offer" aria-labelledby="offer-title">
      <h2 id="offer-title">{words.title}</h2>
      <p>{words.text}</p>
      {hasMorePrices(sale) ? <OfferLines sale={sale} timeZone={event.timeZone} locale={locale} /> : null}
      <RunnerOffer {...sold} action={addAllPhotosToCart} quiet={sponsored} />
      <p className="small muted">{t('offer.files')}</p>
    </aside>
  );
  if (sponsored) {
    return (
      <div className="offers">
        <RunnerGift sale={sale} bib={bib} photoIds={photoIds} locale={locale} />
        {box}
      </div>
    );
  }
  return (
    <>
      {box}
      <RunnerTotal {...sold} action={addAllPhotosToCart} />
    </>
  );
}

interface OfferWordsProps {
  sale: Sale;
  count: number;
  climbCents: number[];
  locale: string;
}

async function offerWords({ sale, count, climbCents, locale }: OfferWordsProps) {
  const t = await getTranslations('public');
  const money = (cents: number) => formatMoney(cents, sale.currency, locale);
  const original = sale.sizes.find(({ size }) => size === 'original');
  const [single, price] = [money(original?.cents ?? 0), money(sale.allPhotos.cents)];
  const number = countUntilCap(climbCents, sale.allPhotos.cents);
  const capped = number > 0 && number < count;
  return {
    title: capped ? t('offer.capTitle', { price }) : t('offer.title', { price: single }),
    text: capped ? t('offer.capText', { price: single, number }) : t('offer.text', { price }),
    cap: capped
      ? {
          label: t('offer.capLabel', { single, number, count, price }),
          from: t('offer.capFrom', { price: single }),
          to: t('offer.capTo', { number, count, price }),
        }
      : null,
    currency: sale.currency,
    words: {
      takeAll: t('offer.takeAll', { count, price }),
      allChosen: t('offer.allChosen'),
      toCart: t('offer.toCart'),
      cart: t('offer.cart'),
      pay: t('offer.pay'),
      pending: t('offer.pending'),
      chosenOne: t('offer.chosenOne'),
      chosenMany: t('offer.chosenMany'),
      all: t('offer.all', { count, price }),
      untilCapOne: t('offer.untilCapOne', { price }),
      untilCapMany: t('offer.untilCapMany', { price }),
      atCap: t('offer.atCap', { price }),
    },
  };
}
