import { getTranslations } from 'next-intl/server';
import { buyPreSale } from '#app/_web/cart-actions.ts';
import type { PublicEvent } from '#domain/events/get-public-event.ts';
import { formatMoney } from '#ui/format-money.ts';
import { formatMoment } from '#ui/format-time.ts';
import { Price } from '#ui/shop/Price.tsx';
import { PreSaleForm } from './pre-sale-form.client.tsx';
import type { Sale } from './sale.ts';

interface PreSaleProps {
  event: PublicEvent;
  sale: Sale;
  locale: string;
}

/** Before the start: all photos of a bib, cheaper, before there is any. */
export async function PreSale({ event, sale, locale }: PreSaleProps) {
  if (!sale.preSale || sale.selling === 'off') return null;
  const t = await getTranslations('public.preSale');
  const { cents, fullCents } = sale.allPhotos;
  return (
    <section className="offer pre-sale" aria-labelledby="pre-sale-title">
      <h2 id="pre-sale-title">
        {t('title')}{' '}
        <Price {...{ cents, fullCents, locale }} currency={sale.currency} instead={t('instead')} />
      </h2>
      <p>
        {t('text', {
          instant: formatMoment(event.startsAt, { locale, timeZone: event.timeZone }),
          full: formatMoney(fullCents, sale.currency, locale),
        })}
      </p>
      <PreSaleForm
        action={buyPreSale}
        locale={locale}
        eventId={event.id}
        words={{ bib: t('bib'), take: t('take'), pending: t('pending') }}
      />
    </section>
  );
}
