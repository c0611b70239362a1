import '#ui/styles/clock-cards.css';
import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { ClientMessages } from '#app/_web/client-messages.tsx';
import { listCameras } from '#domain/clocks/list-cameras.ts';
import { EmptyState } from '#ui/EmptyState.tsx';
import { Icon } from '#ui/Icon.tsx';
import { loadOwnEvent } from '../_parts/load-own-event.ts';
import { ClockCard } from './ClockCard.tsx';
import { SolveAgain } from './solve-again.client.tsx';

interface ClocksProps {
  params: Promise<{ locale: string; eventId: string }>;
}

export async function generateMetadata({ params }: ClocksProps): Promise<Metadata> {
  const { locale, eventId } = await params;
  const [{ event }, t] = await Promise.all([loadOwnEvent(locale, eventId), getTranslations('pro')]);
  return { title: `${t('tabs.clocks')}, ${event.name}` };
}

/** One card for each camera of the event. */
export default async function ClocksPage({ params }: ClocksProps) {
  const { locale, eventId } = await params;
  const { ctx, event } = await loadOwnEvent(locale, eventId);
  const [cameras, t] = await Promise.all([listCameras(ctx, { eventId }), getTranslations('clocks')]);
  const places = [...event.checkpoints, ...event.photoSpots].map(({ id, name }) => ({ id, name }));
  const archived = event.status === 'archived';
  return (
    <ClientMessages namespaces={['clocks']}>
      <div className="stack">
        <section className="panel stack" aria-labelledby="clocks-how">
          <h2 id="clocks-how">{t('howTitle')}</h2>
          <p>{t('how')}</p>
          <p>{t('howByPhoto')}</p>
          <p>
            <Link className="act" href={`/${locale}/clock`} target="_blank">
              <Icon name="clock" />
              {t('openClock')}
            </Link>
          </p>
          {archived || cameras.length === 0 ? null : <SolveAgain eventId={eventId} />}
        </section>
        {cameras.length === 0 ? (
          <EmptyState title={t('noneTitle')}>{t('noneText')}</EmptyState>
        ) : (
          cameras.map((camera) => (
            <ClockCard
              key={camera.cameraKey}
              camera={camera}
              others={cameras.filter((other) => other !== camera)}
              event={{ id: eventId, timeZone: event.timeZone, archived }}
              places={places}
            />
          ))
        )}
      </div>
    </ClientMessages>
  );
}
