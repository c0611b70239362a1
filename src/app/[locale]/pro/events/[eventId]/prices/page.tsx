import '#ui/styles/pro-prices.css';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ClientMessages } from '#app/_web/client-messages.tsx';
import { findOffers } from '#domain/pricing/find-offers.ts';
import { formatMoment } from '#ui/format-time.ts';
import { Notice } from '#ui/Notice.tsx';
import { PromoSection } from '../../../_parts/promo/promo-section.tsx';
import { loadOwnEvent } from '../_parts/load-own-event.ts';
import { CreditSection } from './_parts/credit-section.tsx';
import { draftOfOffer } from './_parts/offer-draft.ts';
import { OfferForm } from './_parts/offer-form.client.tsx';
import { SharesSection } from './_parts/shares-section.tsx';
import { simulateOffer } from './_parts/simulate-offer.ts';

interface PricesProps {
  params: Promise<{ locale: string; eventId: string }>;
}

export async function generateMetadata({ params }: PricesProps): Promise<Metadata> {
  const { locale, eventId } = await params;
  const [{ event }, t] = await Promise.all([loadOwnEvent(locale, eventId), getTranslations('prices')]);
  return { title: `${t('title')}, ${event.name}` };
}

/** What the event's photos cost, its promo codes, and who has which part of its sales. */
export default async function PricesPage({ params }: PricesProps) {
  const { locale, eventId } = await params;
  const [{ ctx, event }, t] = await Promise.all([loadOwnEvent(locale, eventId), getTranslations('prices')]);
  if (event.status === 'archived') return <Notice>{t('archived')}</Notice>;
  const offer = (await findOffers(ctx, [event.id])).get(event.id);
  if (!offer) throw new Error(`event ${event.id} has no offer`);
  const place = { locale, timeZone: event.timeZone };
  return (
    <>
      <ClientMessages namespaces={['prices']}>
        <OfferForm
          eventId={event.id}
          draft={draftOfOffer(offer, place)}
          facts={{
            preSaleUntil: formatMoment(event.startsAt, place),
            zone: event.timeZone.replaceAll('_', ' '),
            currency: currencySign(event.currency, locale),
          }}
          simulation={simulateOffer(offer, ctx.clock.now())}
        />
      </ClientMessages>
      <PromoSection ctx={ctx} event={event} locale={locale} />
      <SharesSection ctx={ctx} event={event} locale={locale} />
      <CreditSection ctx={ctx} eventId={event.id} />
    </>
  );
}

/** "€". */
function currencySign(currency: string, locale: string): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
  return format.formatToParts(0).find(({ type }) => type === 'currency')?.value ?? currency;
}
