import { getTranslations } from 'next-intl/server';
import type { CartGroup } from '#domain/orders/cart.ts';
import { formatMoney } from '#ui/format-money.ts';
import { PriceCap } from '#ui/PriceCap.tsx';
import { takeAllPhotos } from '../actions.ts';
import { CartButton } from './cart-button.client.tsx';

interface CartHintProps {
  group: CartGroup;
  currency: string;
  locale: string;
}

/** How far the price still climbs, as bars and in words; and all the photos once they cost no more. */
export async function CartHint({ group, currency, locale }: CartHintProps) {
  const { hint, bib, photosOfRunner: count } = group;
  if (!hint || hint.photosUntilCap === null || bib === null) return null;
  if (count * group.photoPriceCents <= hint.allPhotosPriceCents) return null;
  const t = await getTranslations('shop');
  const single = formatMoney(group.photoPriceCents, currency, locale);
  const price = formatMoney(hint.allPhotosPriceCents, currency, locale);
  const atCap = hint.photosUntilCap === 0;
  return (
    <div className="basket-hint">
      <p>{atCap ? t('cart.atCap', { price }) : t('cart.untilCap', { count: hint.photosUntilCap, price })}</p>
      <PriceCap
        photoCount={count}
        photoPriceCents={group.photoPriceCents}
        capCents={hint.allPhotosPriceCents}
        chosenCount={hint.photos}
        label={t('cart.capLabel', { count, single, price })}
        from={t('cart.capFrom', { price: single })}
        to={t('cart.capTo', { count, price })}
      />
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
