import { getTranslations } from 'next-intl/server';
import type { CSSProperties } from 'react';
import type { CartGroup, CartLineView } from '#domain/orders/cart.ts';
import type { PhotoSize } from '#domain/pricing/offer.ts';
import type { PriceReason } from '#domain/pricing/priced-cart.ts';
import { formatMoney } from '#ui/format-money.ts';
import { describePhoto, type PhotoWords } from '#ui/photo-card.ts';
import { RenditionImage } from '#ui/RenditionImage.tsx';
import { Price } from '#ui/shop/Price.tsx';
import { removeLines, switchSize } from '../actions.ts';
import { CartButton } from './cart-button.client.tsx';

interface CartPhotoProps {
  line: CartLineView;
  group: CartGroup;
  number: number;
  words: PhotoWords;
  currency: string;
}

/** One photo: its size and price, the other size, and the way out. */
export async function CartPhoto({ line, group, number, words, currency }: CartPhotoProps) {
  const t = await getTranslations('shop.cart');
  const photo = describePhoto(
    { bibs: line.bib === null ? [] : [line.bib], takenAt: line.takenAt?.toISOString() ?? null },
    number,
    words,
  );
  return (
    <li>
      <RenditionImage
        src={line.thumbnailUrl ?? undefined}
        width={line.widthPx ?? 3}
        height={line.heightPx ?? 2}
        alt={photo}
        loading="lazy"
        style={line.tone ? ({ '--tone': line.tone } as CSSProperties) : undefined}
      />
      <p>
        <span>{t(`size.${line.size}`)}</span>
        {line.reason === 'included' ? (
          <span>{t('included')}</span>
        ) : (
          <Price
            cents={line.priceCents}
            fullCents={line.fullCents}
            currency={currency}
            locale={words.locale}
            instead={t('instead')}
          />
        )}
      </p>
      <div>
        {line.reason === 'included' ? null : (
          <SizeSwitch line={line} group={group} photo={photo} currency={currency} locale={words.locale} />
        )}
        <form action={removeLines}>
          <input type="hidden" name="lineId" value={line.lineId} />
          <CartButton kind="quiet" pending={t('removing')} label={t('removePhoto', { photo })}>
            {t('remove')}
          </CartButton>
        </form>
      </div>
    </li>
  );
}

/** Only then is the difference of the two prices what the cart changes by. */
const ALONE = new Set<PriceReason>(['single', 'discounted', 'sponsored']);

interface SizeSwitchProps {
  line: CartLineView;
  group: CartGroup;
  photo: string;
  currency: string;
  locale: string;
}

async function SizeSwitch({ line, group, photo, currency, locale }: SizeSwitchProps) {
  const t = await getTranslations('shop.cart');
  const { photoPriceCents: original, webPriceCents: web, selling } = group;
  if (line.photoId === null || web === null || selling === 'free') return null;
  const other: PhotoSize = line.size === 'web' ? 'original' : 'web';
  const difference = line.size === 'web' ? original - web : web - original;
  const sign = difference < 0 ? '−' : '+';
  const price = `${sign} ${formatMoney(Math.abs(difference), currency, locale)}`;
  return (
    <form action={switchSize}>
      <input type="hidden" name="eventId" value={line.eventId} />
      <input type="hidden" name="photoId" value={line.photoId} />
      <input type="hidden" name="bib" value={line.bib ?? ''} />
      <input type="hidden" name="size" value={other} />
      <CartButton kind="quiet" pending={t('switching')}>
        {ALONE.has(line.reason) ? t(`switchFor.${other}`, { price }) : t(`switch.${other}`)}
        <span className="sr-only"> : {photo}</span>
      </CartButton>
    </form>
  );
}
