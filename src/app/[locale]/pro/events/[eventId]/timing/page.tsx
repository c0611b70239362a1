import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ClientMessages } from '#app/_web/client-messages.tsx';
import { listCheckpointPassages } from '#domain/timing/list-checkpoint-passages.ts';
import { EmptyState } from '#ui/EmptyState.tsx';
import { formatClock } from '#ui/format-time.ts';
import { Notice } from '#ui/Notice.tsx';
import { ConnectionsSection } from '../_parts/connections-section.tsx';
import { loadOwnEvent } from '../_parts/load-own-event.ts';
import { PassagesPanel } from './passages-panel.client.tsx';

interface TimingProps {
  params: Promise<{ locale: string; eventId: string }>;
}

export async function generateMetadata({ params }: TimingProps): Promise<Metadata> {
  const { locale, eventId } = await params;
  const [{ event }, t] = await Promise.all([loadOwnEvent(locale, eventId), getTranslations('pro')]);
  return { title: `${t('tabs.timing')}, ${event.name}` };
}

export default async function TimingPage({ params }: TimingProps) {
  const { locale, eventId } = await params;
  const { ctx, event } = await loadOwnEvent(locale, eventId);
  const [checkpoints, t] = await Promise.all([
    listCheckpointPassages(ctx, { eventId }),
    getTranslations('pro'),
  ]);
  const clock = (at: Date | null) => (at ? formatClock(at, { locale, timeZone: event.timeZone }) : '–');
  return (
    <>
      {event.status === 'archived' ? (
        <Notice>{t('event.is.archived')}</Notice>
      ) : (
        <>
          <ClientMessages namespaces={['pro']}>
            <PassagesPanel eventId={eventId} timeZone={event.timeZone} />
          </ClientMessages>
          <ConnectionsSection ctx={ctx} event={event} of="passages" />
        </>
      )}
      <section className="panel stack" aria-labelledby="checkpoints">
        <h2 id="checkpoints">{t('timing.checkpoints')}</h2>
        {checkpoints.length === 0 ? (
          <EmptyState heading="h3" title={t('timing.noneTitle')}>
            {t('timing.noneText')}
          </EmptyState>
        ) : (
          <table className="table" data-cards="">
            <thead>
              <tr>
                <th scope="col">{t('timing.checkpoint')}</th>
                <th scope="col">{t('timing.distance')}</th>
                <th scope="col">{t('timing.count')}</th>
                <th scope="col">{t('timing.first')}</th>
                <th scope="col">{t('timing.last')}</th>
              </tr>
            </thead>
            <tbody>
              {checkpoints.map((place) => (
                <tr key={place.checkpointId}>
                  <th scope="row">{place.name}</th>
                  <td data-label={t('timing.distance')}>
                    {place.distanceMeters === null
                      ? '–'
                      : t('timing.km', { km: place.distanceMeters / 1000 })}
                  </td>
                  <td data-label={t('timing.count')}>{place.passages}</td>
                  <td data-label={t('timing.first')}>{clock(place.first)}</td>
                  <td data-label={t('timing.last')}>{clock(place.last)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
    </>
  );
}
