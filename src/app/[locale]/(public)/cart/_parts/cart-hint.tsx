import { getTranslations } from 'next-intl/server';
import { countUntilCap } from '#app/[locale]/(public)/_parts/count-until-cap.ts';
import { loadOffer } from '#app/[locale]/(public)/_parts/load-offer.ts';
import { climbPrices } from '#app/[locale]/(public)/_parts/sale.ts';
import type { CartGroup } from '#domain/orders/cart.ts';
import { formatMoney } from '#ui/format-money.ts';
import { MOST_BARS, PriceCap } from '#ui/PriceCap.tsx';
import { takeAllPhotos } from '../actions.ts';
import { CartButton } from './cart-button.client.tsx';

interface CartHintProps {
  group: CartGroup;
  currency: string;
  locale: string;
}

/** How far one runner's price still climbs, as bars and in words; and all the photos once they cost no more. */
export async function CartHint({ group, currency, locale }: CartHintProps) {
  const { hint, bib, photosOfRunner: count } = group;
  const hasAll = group.lines.some((line) => line.kind === 'all-photos');
  if (!hint || bib === null || hasAll || hint.photosUntilCap === null) return null;
  // Nobody can add photos that are not there.
  if (hint.photos + hint.photosUntilCap > count) return null;
  const [t, { offer, now }] = await Promise.all([getTranslations('shop'), loadOffer(locale, group.eventId)]);
  const climbCents = climbPrices(offer, { size: 'original', photos: Math.min(count, MOST_BARS), now });
  const single = formatMoney(group.photoPriceCents, currency, locale);
  const price = formatMoney(hint.allPhotosPriceCents, currency, locale);
  const atCap = hint.photosUntilCap === 0;
  return (
    <div className="basket-hint">
      <p>{atCap ? t('cart.atCap', { price }) : t('cart.untilCap', { count: hint.photosUntilCap, price })}</p>
      {countUntilCap(climbCents, hint.allPhotosPriceCents) > 0 ? (
        <PriceCap
          climbCents={climbCents}
          chosenCount={hint.photos}
          label={t('cart.capLabel', { count, single, price })}
          from={t('cart.capFrom', { price: single })}
          to={t('cart.capTo', { count, price })}
        />
      ) : null}
      <form action={takeAllPhotos}>
        <input type="hidden" name="eventId" value={group.eventId} />
        <input type="hidden" name="bib" value={bib} />
        <CartButton pending={t('cart.taking')}>
          {atCap ? t('cart.takeAll', { count }) : t('cart.takeAllFor', { count, price })}
        </CartButton>
      </form>
    </div>
  );
}
