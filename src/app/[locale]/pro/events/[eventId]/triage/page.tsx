import '#ui/styles/triage.css';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ClientMessages } from '#app/_web/client-messages.tsx';
import { Notice } from '#ui/Notice.tsx';
import { loadOwnEvent } from '../_parts/load-own-event.ts';
import { TriageDesk } from './triage-desk.client.tsx';

interface TriagePageProps {
  params: Promise<{ locale: string; eventId: string }>;
}

export async function generateMetadata({ params }: TriagePageProps): Promise<Metadata> {
  const { locale, eventId } = await params;
  const [{ event }, t] = await Promise.all([loadOwnEvent(locale, eventId), getTranslations('pro')]);
  return { title: `${t('tabs.triage')}, ${event.name}` };
}

export default async function TriagePage({ params }: TriagePageProps) {
  const { locale, eventId } = await params;
  const { event } = await loadOwnEvent(locale, eventId);
  if (event.status === 'archived') {
    const t = await getTranslations('pro');
    return <Notice>{t('event.is.archived')}</Notice>;
  }
  return (
    <ClientMessages namespaces={['triage', 'matching']}>
      <TriageDesk key={eventId} eventId={eventId} timeZone={event.timeZone} />
    </ClientMessages>
  );
}
