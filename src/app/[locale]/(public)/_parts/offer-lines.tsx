import { getTranslations } from 'next-intl/server';
import { formatMoney } from '#ui/format-money.ts';
import { formatMoment } from '#ui/format-time.ts';
import { Price } from '#ui/shop/Price.tsx';
import type { Sale } from './sale.ts';

interface OfferLinesProps {
  sale: Sale;
  timeZone: string;
  locale: string;
}

/** Every price of an event in words, before anything is chosen: sizes, packs, tiers, all photos, and the discount that runs. */
export async function OfferLines({ sale, timeZone, locale }: OfferLinesProps) {
  const t = await getTranslations('public.offer');
  const money = (cents: number) => formatMoney(cents, sale.currency, locale);
  const price = (one: { cents: number; fullCents: number }) => (
    <Price {...one} currency={sale.currency} locale={locale} instead={t('instead')} />
  );
  return (
    <>
      <dl className="price-list">
        {sale.sizes.map((single) => (
          <div key={single.size}>
            <dt>{t(`one.${single.size}`)}</dt>
            <dd>{price(single)}</dd>
          </div>
        ))}
        {sale.packs.map(({ size, photos, priceCents }) => (
          <div key={`pack/${size}/${photos}`}>
            <dt>{t(`pack.${size}`, { photos })}</dt>
            <dd>{money(priceCents)}</dd>
          </div>
        ))}
        {sale.tiers.map(({ size, fromPhotos, unitCents }) => (
          <div key={`tier/${size}/${fromPhotos}`}>
            <dt>{t(`tier.${size}`, { photos: fromPhotos })}</dt>
            <dd>{t('each', { price: money(unitCents) })}</dd>
          </div>
        ))}
        {sale.selling === 'free' ? null : (
          <div>
            <dt>{t(sale.preSale ? 'allPreSale' : 'allOriginals')}</dt>
            <dd>{price(sale.allPhotos)}</dd>
          </div>
        )}
      </dl>
      {sale.discount ? (
        <p className="small price-off">
          {t('discount', {
            percent: sale.discount.percent,
            instant: formatMoment(sale.discount.endsAt, { locale, timeZone }),
          })}
        </p>
      ) : null}
    </>
  );
}
