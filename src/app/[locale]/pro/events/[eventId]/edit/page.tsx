import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ClientMessages } from '#app/_web/client-messages.tsx';
import { listTimeZones, SPORTS } from '#domain/events/event.ts';
import { Notice } from '#ui/Notice.tsx';
import { draftOf } from '../../_parts/event-draft.ts';
import { EventForm } from '../../_parts/event-form.client.tsx';
import { loadCovers } from '../../_parts/load-covers.ts';
import { loadOffers } from '../../_parts/load-offers.ts';
import { loadOwnEvent } from '../_parts/load-own-event.ts';

interface EditProps {
  params: Promise<{ locale: string; eventId: string }>;
}

export async function generateMetadata({ params }: EditProps): Promise<Metadata> {
  const { locale, eventId } = await params;
  const [{ event }, t] = await Promise.all([loadOwnEvent(locale, eventId), getTranslations('pro')]);
  return { title: `${t('tabs.edit')}, ${event.name}` };
}

export default async function EditEventPage({ params }: EditProps) {
  const { locale, eventId } = await params;
  const [{ ctx, event }, t] = await Promise.all([loadOwnEvent(locale, eventId), getTranslations('pro')]);
  if (event.status === 'archived') return <Notice>{t('event.is.archived')}</Notice>;
  return (
    <ClientMessages namespaces={['pro']}>
      <EventForm
        draft={draftOf(event, locale)}
        sports={SPORTS}
        timeZones={listTimeZones()}
        offers={loadOffers(ctx)}
        covers={await loadCovers(ctx, event)}
      />
    </ClientMessages>
  );
}
