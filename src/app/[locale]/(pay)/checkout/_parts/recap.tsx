import { getTranslations } from 'next-intl/server';
import { CartSums } from '#app/[locale]/(public)/_parts/cart-sums.tsx';
import type { CartGroup, CartView } from '#domain/orders/cart.ts';
import { Bib } from '#ui/Bib.tsx';
import { formatMoney } from '#ui/format-money.ts';
import { Icon } from '#ui/Icon.tsx';
import { RenditionImage } from '#ui/RenditionImage.tsx';

interface RecapProps {
  cart: CartView;
  locale: string;
}

const MOST_THUMBNAILS = 5;

/** The order folded into one line, for a phone. */
export async function RecapFold({ cart, locale }: RecapProps) {
  const t = await getTranslations('shop');
  return (
    <details className="recap-fold">
      <summary>
        <Icon name="bag" />
        <span>{t('checkout.recap')}</span>
        <b>{formatMoney(cart.totalCents, cart.currency ?? 'eur', locale)}</b>
        <Icon name="down" />
      </summary>
      <div>
        <RecapBody cart={cart} locale={locale} />
      </div>
    </details>
  );
}

/** The order beside the payment, on a wide screen. */
export async function Recap({ cart, locale }: RecapProps) {
  const t = await getTranslations('shop');
  return (
    <aside className="recap" aria-label={t('checkout.recap')}>
      <RecapBody cart={cart} locale={locale} />
    </aside>
  );
}

async function RecapBody({ cart, locale }: RecapProps) {
  const t = await getTranslations('shop');
  const thumbnails = cart.groups
    .flatMap((group) => group.lines)
    .flatMap((line) => (line.thumbnailUrl ? [{ id: line.lineId, url: line.thumbnailUrl }] : []))
    .slice(0, MOST_THUMBNAILS);
  return (
    <div className="recap-body">
      {cart.groups.map((group) => (
        <RecapLine
          key={`${group.eventId}/${group.bib}`}
          group={group}
          currency={cart.currency ?? 'eur'}
          locale={locale}
        />
      ))}
      {thumbnails.length > 0 ? (
        <div className="recap-thumbs" aria-hidden="true">
          {thumbnails.map(({ id, url }) => (
            <RenditionImage key={id} src={url} width={120} height={76} alt="" loading="lazy" />
          ))}
        </div>
      ) : null}
      <CartSums cart={cart} locale={locale} />
      <p className="small muted">{t('checkout.late')}</p>
    </div>
  );
}

async function RecapLine({
  group,
  currency,
  locale,
}: {
  group: CartGroup;
  currency: string;
  locale: string;
}) {
  const t = await getTranslations('shop');
  const pack = group.lines.find((line) => line.kind !== 'photo');
  const count = pack ? pack.photoCount : group.lines.length;
  // Before the race there is nothing to count.
  const said = count > 0 ? t('cart.photos', { count }) : t('cart.photosToCome');
  return (
    <div className="recap-line">
      {group.bib === null ? <Icon name="image" /> : <Bib bib={group.bib} />}
      <div>
        <b>{pack?.kind === 'whole-event' ? t('cart.wholeEvent') : said}</b>
        <small>{group.eventName}</small>
      </div>
      <b>{formatMoney(group.subtotalCents, currency, locale)}</b>
    </div>
  );
}
