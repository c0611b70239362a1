import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ClientMessages } from '#app/_web/client-messages.tsx';
import { requireProPage } from '#app/_web/guards.ts';
import { listTimeZones, SPORTS } from '#domain/events/event.ts';
import { emptyDraft } from '../_parts/event-draft.ts';
import { EventForm } from '../_parts/event-form.client.tsx';
import { loadOffers } from '../_parts/load-offers.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('pro');
  return { title: t('form.newTitle') };
}

export default async function NewEventPage({ params }: { params: Promise<{ locale: string }> }) {
  const { locale } = await params;
  const ctx = await requireProPage(locale, `/${locale}/pro/events/new`);
  const t = await getTranslations('pro');
  return (
    <main id="content" className="desk-main" tabIndex={-1}>
      <h1>{t('form.newTitle')}</h1>
      <p className="muted">{t('form.newLead')}</p>
      <ClientMessages namespaces={['pro']}>
        <EventForm
          draft={emptyDraft()}
          sports={SPORTS}
          timeZones={listTimeZones()}
          offers={loadOffers(ctx)}
          covers={[]}
        />
      </ClientMessages>
    </main>
  );
}
