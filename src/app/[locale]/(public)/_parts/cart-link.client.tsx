'use client';

import { useCartSummary } from '#app/_web/cart-summary.client.ts';
import { formatMoney } from '#ui/format-money.ts';
import { Icon } from '#ui/Icon.tsx';

interface CartLinkProps {
  locale: string;
  label: string;
  item: string;
  items: string;
}

/** The cart in the header: a bag, and how much is in it once that is known. */
export function CartLink({ locale, label, item, items }: CartLinkProps) {
  const { photoCount } = useCartSummary();
  const counted = photoCount > 0 ? `${label}, ${photoCount} ${photoCount > 1 ? items : item}` : label;
  return (
    <a className="button" data-kind="quiet" href={`/${locale}/cart`} aria-label={counted}>
      <Icon name="bag" />
      {photoCount > 0 ? <span className="num">{photoCount}</span> : null}
    </a>
  );
}

/** The quiet cart over a gallery: nothing until there is something in it. */
export function FloatingCart({ locale, label, item, items }: CartLinkProps) {
  const { photoCount, totalCents, currency } = useCartSummary();
  if (photoCount === 0) return null;
  return (
    <a className="cart" data-full="" href={`/${locale}/cart`}>
      <Icon name="bag" />
      <span>
        <span className="sr-only">{label} : </span>
        {photoCount} {photoCount > 1 ? items : item}
      </span>
      <b>{formatMoney(totalCents, currency ?? 'eur', locale)}</b>
    </a>
  );
}
