import { getTranslations } from 'next-intl/server';
import type { CartGroup, CartView } from '#domain/orders/cart.ts';
import type { PackHint } from '#domain/pricing/priced-cart.ts';
import { formatMoney } from '#ui/format-money.ts';
import { Icon } from '#ui/Icon.tsx';
import { CartRunner } from './cart-runner.tsx';

interface CartEventProps {
  /** The groups of one event, at least one. */
  groups: [CartGroup, ...CartGroup[]];
  cart: CartView;
  locale: string;
}

/** What is in the cart of one event, who sells it, and what a few photos more would change. */
export async function CartEvent({ groups, cart, locale }: CartEventProps) {
  const t = await getTranslations('shop.cart');
  const [{ eventId, eventName, eventSlug, sellerName, selling, sponsorName }] = groups;
  const currency = cart.currency ?? 'eur';
  const money = (cents: number) => formatMoney(cents, currency, locale);
  const hints = cart.packHints.filter((hint) => hint.eventId === eventId && isNear(hint, groups));
  return (
    <section className="basket-event" aria-labelledby={`event-${eventId}`}>
      <header>
        <h2 id={`event-${eventId}`}>
          <a href={`/${locale}/events/${eventSlug}`}>{eventName}</a>
        </h2>
        <p>
          {selling === 'sponsored' && sponsorName !== null
            ? t('soldAndGiven', { seller: sellerName, sponsor: sponsorName })
            : t('soldBy', { seller: sellerName })}
        </p>
      </header>
      {groups.map((group) => (
        <CartRunner key={group.bib} group={group} currency={currency} locale={locale} />
      ))}
      {hints.map(({ size, photos, morePhotos, moreCents, priceCents }) => (
        <p className="basket-more" key={size}>
          <Icon name="info" />
          <span>
            {t(moreCents === 0 ? `moreForNothing.${size}` : `moreFor.${size}`, {
              count: morePhotos,
              photos,
              more: money(moreCents),
              price: money(priceCents),
            })}
          </span>
        </p>
      ))}
    </section>
  );
}

/** Nobody looks for more photos than that to have one cheaper. */
const MOST_MORE = 3;

/** A pack that costs as much as all of the one runner's photos is no news beside their price. */
function isNear({ morePhotos, priceCents }: PackHint, groups: CartGroup[]): boolean {
  if (morePhotos > MOST_MORE) return false;
  const [only, ...others] = groups;
  return others.length > 0 || !only?.hint || priceCents < only.hint.allPhotosPriceCents;
}
