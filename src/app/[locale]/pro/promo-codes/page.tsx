import '#ui/styles/pro-prices.css';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ClientMessages } from '#app/_web/client-messages.tsx';
import { requireProPage } from '#app/_web/guards.ts';
import { listOwnEvents } from '#domain/events/list-own-events.ts';
import { listPromoCodes } from '#domain/pricing/list-promo-codes.ts';
import { PromoForm } from '../_parts/promo/promo-form.client.tsx';
import { PromoList } from '../_parts/promo/promo-list.tsx';

interface PromoCodesProps {
  params: Promise<{ locale: string }>;
}

/** Before the first event says where it is. */
const FIRST_ZONE = 'Europe/Paris';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('prices.promo');
  return { title: t('title') };
}

/** All promo codes of the organisation. */
export default async function PromoCodesPage({ params }: PromoCodesProps) {
  const { locale } = await params;
  const ctx = await requireProPage(locale, `/${locale}/pro/promo-codes`);
  const [codes, events, t] = await Promise.all([
    listPromoCodes(ctx),
    listOwnEvents(ctx),
    getTranslations('prices.promo'),
  ]);
  const timeZone = events[0]?.timeZone ?? FIRST_ZONE;
  const open = events.filter(({ status }) => status !== 'archived');
  return (
    <main id="content" className="desk-main" tabIndex={-1}>
      <h1>{t('title')}</h1>
      <p className="muted prose">{t('about')}</p>
      <section className="panel stack" aria-labelledby="promo-list">
        <h2 id="promo-list">{t('listTitle')}</h2>
        <PromoList
          codes={codes}
          eventNames={new Map(events.map(({ id, name }) => [id, name]))}
          timeZone={timeZone}
          locale={locale}
        />
      </section>
      <section className="panel stack" aria-labelledby="promo-new">
        <h2 id="promo-new">{t('new')}</h2>
        <ClientMessages namespaces={['prices']}>
          <PromoForm events={open} forFirst={false} timeZone={timeZone} />
        </ClientMessages>
      </section>
    </main>
  );
}
