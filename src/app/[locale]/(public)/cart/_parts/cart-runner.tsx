import { getTranslations } from 'next-intl/server';
import type { CSSProperties } from 'react';
import { photoWords } from '#app/[locale]/(public)/_parts/photo-words.ts';
import type { CartGroup, CartLineView } from '#domain/orders/cart.ts';
import { Bib } from '#ui/Bib.tsx';
import { formatMoney } from '#ui/format-money.ts';
import { Icon } from '#ui/Icon.tsx';
import { describePhoto, type PhotoWords } from '#ui/photo-card.ts';
import { RenditionImage } from '#ui/RenditionImage.tsx';
import { removeLines } from '../actions.ts';
import { CartButton } from './cart-button.client.tsx';
import { CartHint } from './cart-hint.tsx';

interface CartRunnerProps {
  group: CartGroup;
  currency: string;
  locale: string;
}

/** What is in the cart for one runner of one event. */
export async function CartRunner({ group, currency, locale }: CartRunnerProps) {
  const [t, words] = await Promise.all([getTranslations('shop'), photoWords(locale, group.timeZone)]);
  const photos = group.lines.filter((line) => line.kind === 'photo');
  const packs = group.lines.filter((line) => line.kind === 'all-photos');
  const event = `/${locale}/events/${group.eventSlug}`;
  const back = group.bib === null ? event : `${event}/bib/${encodeURIComponent(group.bib)}`;
  return (
    <section className="basket-runner" aria-label={`${group.eventName} ${group.bib ?? ''}`.trim()}>
      <header>
        {group.bib === null ? <Icon name="image" /> : <Bib bib={group.bib} />}
        <div>
          <h2>{group.eventName}</h2>
          <p>
            <a className="link" href={back}>
              {t('cart.backToPhotos')}
            </a>
          </p>
        </div>
        <b>{formatMoney(group.subtotalCents, currency, locale)}</b>
      </header>
      {packs.map((line) => (
        <PackLine key={line.lineId} line={line} />
      ))}
      {photos.length > 0 ? (
        <ul className="basket-photos">
          {photos.map((line, index) => (
            <PhotoLine key={line.lineId} line={line} number={index + 1} words={words} />
          ))}
        </ul>
      ) : null}
      <CartHint group={group} currency={currency} locale={locale} />
    </section>
  );
}

async function PackLine({ line }: { line: CartLineView }) {
  const t = await getTranslations('shop');
  const bib = line.bib ?? '';
  return (
    <div className="basket-pack">
      <div>
        <b>{t('cart.allPhotos', { bib })}</b>
        <small>{t('cart.allPhotosText', { count: line.photoCount })}</small>
      </div>
      <form action={removeLines}>
        <input type="hidden" name="lineId" value={line.lineId} />
        <CartButton kind="quiet" pending={t('cart.removing')} label={t('cart.removeAll', { bib })}>
          {t('cart.remove')}
        </CartButton>
      </form>
    </div>
  );
}

async function PhotoLine({ line, number, words }: { line: CartLineView; number: number; words: PhotoWords }) {
  const t = await getTranslations('shop');
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
      <div>
        <span>{line.reason === 'included' ? t('cart.included') : null}</span>
        <form action={removeLines}>
          <input type="hidden" name="lineId" value={line.lineId} />
          <CartButton kind="quiet" pending={t('cart.removing')} label={t('cart.removePhoto', { photo })}>
            {t('cart.remove')}
          </CartButton>
        </form>
      </div>
    </li>
  );
}
