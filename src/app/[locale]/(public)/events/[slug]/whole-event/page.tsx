import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { addWholeEventToCart } from '#app/_web/cart-actions.ts';
import { requireProPage } from '#app/_web/guards.ts';
import { loadEvent } from '#app/[locale]/(public)/_parts/load-event.ts';
import { loadOffer } from '#app/[locale]/(public)/_parts/load-offer.ts';
import { TakeButton } from '#app/[locale]/(public)/_parts/runner-offer.client.tsx';
import { WholeEventChosen } from '#app/[locale]/(public)/_parts/whole-event-chosen.client.tsx';
import { getPhotoCounts } from '#domain/photos/get-photo-counts.ts';
import { Price } from '#ui/shop/Price.tsx';

interface WholeEventProps {
  params: Promise<{ locale: string; slug: string }>;
}

export async function generateMetadata({ params }: WholeEventProps): Promise<Metadata> {
  const { locale, slug } = await params;
  const [{ event }, t] = await Promise.all([loadEvent(locale, slug), getTranslations('public.wholeEvent')]);
  return { title: t('pageTitle', { name: event.name }), robots: { index: false } };
}

/** All originals of an event at one price, for the accounts that may have them: an organiser, a club. */
export default async function WholeEventPage({ params }: WholeEventProps) {
  const { locale, slug } = await params;
  const { ctx, event } = await loadEvent(locale, slug);
  await requireProPage(locale, `/${locale}/events/${event.slug}/whole-event`);
  const [{ sale }, counts, t] = await Promise.all([
    loadOffer(locale, event.id),
    getPhotoCounts(ctx, { eventId: event.id }),
    getTranslations('public.wholeEvent'),
  ]);
  if (!sale.wholeEvent) notFound();
  return (
    <div className="narrow stack" data-wide="">
      <p className="crumb">
        <a href={`/${locale}/events/${event.slug}`}>← {event.name}</a>
      </p>
      <section className="offer" aria-labelledby="whole-title">
        <h1 id="whole-title">
          {t('title')}{' '}
          <Price {...sale.wholeEvent} currency={sale.currency} locale={locale} instead={t('instead')} />
        </h1>
        <p>{t('text', { count: counts.ready })}</p>
        <WholeEventChosen
          eventId={event.id}
          cartHref={`/${locale}/cart`}
          words={{ chosen: t('chosen'), toCart: t('toCart') }}
        >
          <form action={addWholeEventToCart}>
            <input type="hidden" name="eventId" value={event.id} />
            <TakeButton label={t('take')} pendingLabel={t('pending')} wide />
          </form>
        </WholeEventChosen>
        <p className="small muted">{t('note')}</p>
      </section>
    </div>
  );
}
