import { getTranslations } from 'next-intl/server';
import { takeGivenPhotos } from '#app/_web/cart-actions.ts';
import type { PhotoSize } from '#domain/pricing/offer.ts';
import { TakeButton } from './runner-offer.client.tsx';
import type { Sale } from './sale.ts';

interface RunnerGiftProps {
  sale: Sale;
  bib: string;
  photoIds: string[];
  locale: string;
}

/** A runner's photos that the event gives: one press leads to the address where they go. On a phone also under the thumb. */
export async function RunnerGift(gift: RunnerGiftProps) {
  const { sale, photoIds } = gift;
  const t = await getTranslations('public.offer');
  const size = sale.selling === 'sponsored' ? 'web' : 'original';
  const title =
    sale.selling === 'sponsored' ? t('sponsoredTitle', { sponsor: sale.sponsorName ?? '' }) : t('freeTitle');
  return (
    <>
      <aside className="offer" data-gift="" aria-labelledby="gift-title">
        <h2 id="gift-title">{title}</h2>
        <p>{t(`gift.${size}`)}</p>
        <GiftForm {...gift} size={size} label={t(`take.${size}`, { count: photoIds.length })} wide />
      </aside>
      <div className="total">
        <div>
          <b>{title}</b>
        </div>
        <GiftForm {...gift} size={size} label={t('receive')} />
      </div>
    </>
  );
}

interface GiftFormProps extends RunnerGiftProps {
  size: PhotoSize;
  label: string;
  wide?: boolean;
}

async function GiftForm({ sale, bib, photoIds, locale, size, label, wide }: GiftFormProps) {
  const t = await getTranslations('public.offer');
  return (
    <form action={takeGivenPhotos}>
      <input type="hidden" name="locale" value={locale} />
      <input type="hidden" name="eventId" value={sale.eventId} />
      <input type="hidden" name="bib" value={bib} />
      <input type="hidden" name="size" value={size} />
      {size === 'web'
        ? photoIds.map((photoId) => <input key={photoId} type="hidden" name="photoId" value={photoId} />)
        : null}
      <TakeButton label={label} pendingLabel={t('pending')} wide={wide} />
    </form>
  );
}
