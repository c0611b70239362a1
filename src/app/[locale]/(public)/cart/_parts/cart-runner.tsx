import { getTranslations } from 'next-intl/server';
import { photoWords } from '#app/[locale]/(public)/_parts/photo-words.ts';
import type { CartGroup, CartLineView } from '#domain/orders/cart.ts';
import { Bib } from '#ui/Bib.tsx';
import { formatMoney } from '#ui/format-money.ts';
import { Icon } from '#ui/Icon.tsx';
import { Price } from '#ui/shop/Price.tsx';
import { removeLines } from '../actions.ts';
import { CartButton } from './cart-button.client.tsx';
import { CartHint } from './cart-hint.tsx';
import { CartPhoto } from './cart-photo.tsx';

interface CartRunnerProps {
  group: CartGroup;
  currency: string;
  locale: string;
}

/** What is in the cart for one runner of one event, or for nobody by name. */
export async function CartRunner({ group, currency, locale }: CartRunnerProps) {
  const [t, words] = await Promise.all([getTranslations('shop'), photoWords(locale, group.timeZone)]);
  const photos = group.lines.filter((line) => line.kind === 'photo');
  const packs = group.lines.filter((line) => line.kind !== 'photo');
  const event = `/${locale}/events/${group.eventSlug}`;
  const back = group.bib === null ? event : `${event}/bib/${encodeURIComponent(group.bib)}`;
  return (
    <div className="basket-runner">
      <header>
        {group.bib === null ? <Icon name="image" /> : <Bib bib={group.bib} />}
        <h3>
          {group.bib === null ? null : <span className="sr-only">{t('cart.bib', { bib: group.bib })}, </span>}
          <a className="link" href={back}>
            {t('cart.backToPhotos')}
          </a>
        </h3>
        <b>{formatMoney(group.subtotalCents, currency, locale)}</b>
      </header>
      {packs.map((line) => (
        <PackLine key={line.lineId} line={line} currency={currency} locale={locale} />
      ))}
      {photos.length > 0 ? (
        <ul className="basket-photos">
          {photos.map((line, index) => (
            <CartPhoto
              key={line.lineId}
              line={line}
              group={group}
              number={index + 1}
              words={words}
              currency={currency}
            />
          ))}
        </ul>
      ) : null}
      <CartHint group={group} currency={currency} locale={locale} />
    </div>
  );
}

async function PackLine({
  line,
  currency,
  locale,
}: {
  line: CartLineView;
  currency: string;
  locale: string;
}) {
  const t = await getTranslations('shop');
  const bib = line.bib ?? '';
  const whole = line.kind === 'whole-event';
  return (
    <div className="basket-pack">
      <div>
        <b>{whole ? t('cart.wholeEvent') : t('cart.allPhotos', { bib })}</b>
        <small>{packText()}</small>
      </div>
      <Price
        cents={line.priceCents}
        fullCents={line.fullCents}
        currency={currency}
        locale={locale}
        instead={t('cart.instead')}
      />
      <form action={removeLines}>
        <input type="hidden" name="lineId" value={line.lineId} />
        <CartButton
          kind="quiet"
          pending={t('cart.removing')}
          label={whole ? t('cart.removeWhole') : t('cart.removeAll', { bib })}
        >
          {t('cart.remove')}
        </CartButton>
      </form>
    </div>
  );

  function packText(): string {
    if (whole) return t('cart.wholeEventText', { count: line.photoCount });
    if (line.photoCount === 0) return t('cart.preSaleText');
    return t('cart.allPhotosText', { count: line.photoCount });
  }
}
