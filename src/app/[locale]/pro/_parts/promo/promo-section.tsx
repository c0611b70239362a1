import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { ClientMessages } from '#app/_web/client-messages.tsx';
import type { Context } from '#context.ts';
import type { EventDetails } from '#domain/events/get-own-event.ts';
import { listPromoCodes } from '#domain/pricing/list-promo-codes.ts';
import { PromoForm } from './promo-form.client.tsx';
import { PromoList } from './promo-list.tsx';

interface PromoSectionProps {
  ctx: Context;
  event: EventDetails;
  locale: string;
}

/** The codes that hold for one event, those for all events among them. */
export async function PromoSection({ ctx, event, locale }: PromoSectionProps) {
  const [codes, t] = await Promise.all([
    listPromoCodes(ctx, { eventId: event.id }),
    getTranslations('prices.promo'),
  ]);
  const own = { id: event.id, name: event.name };
  return (
    <section className="panel stack sales-part" aria-labelledby="promo">
      <header>
        <h2 id="promo">{t('title')}</h2>
        <Link className="act end" href={`/${locale}/pro/promo-codes`}>
          {t('toAll')}
        </Link>
      </header>
      <PromoList
        codes={codes}
        eventNames={new Map([[own.id, own.name]])}
        timeZone={event.timeZone}
        locale={locale}
      />
      <details className="fold">
        <summary>{t('new')}</summary>
        <ClientMessages namespaces={['prices']}>
          <PromoForm events={[own]} forFirst timeZone={event.timeZone} />
        </ClientMessages>
      </details>
    </section>
  );
}
