import '#ui/styles/upload.css';
import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { ClientMessages } from '#app/_web/client-messages.tsx';
import { absentPage } from '#app/_web/guards.ts';
import { getPhotoProcessing } from '#domain/ingest/get-photo-processing.ts';
import { getPhotoFindings } from '#domain/matching/get-photo-findings.ts';
import { getPhotoReading } from '#domain/matching/get-photo-reading.ts';
import { getReadingFigures } from '#domain/matching/get-reading-figures.ts';
import { comparisonUrls } from '#domain/photos/photo.ts';
import { Icon } from '#ui/Icon.tsx';
import { loadOwnEvent } from '../../_parts/load-own-event.ts';
import { EventFigures } from './EventFigures.tsx';
import { EditPanel } from './edit-panel.client.tsx';
import { CropPanel, FindingPanels } from './FindingPanels.tsx';
import { PhotoMoves } from './photo-moves.client.tsx';
import { ReadOverlay } from './ReadOverlay.tsx';
import { ReadTable } from './ReadTable.tsx';
import { TagList } from './TagList.tsx';

interface ReadingPageProps {
  params: Promise<{ locale: string; eventId: string; photoId: string }>;
}

export async function generateMetadata({ params }: ReadingPageProps): Promise<Metadata> {
  const { locale, eventId } = await params;
  await loadOwnEvent(locale, eventId);
  const t = await getTranslations('upload.reading');
  return { title: t('title') };
}

/** What the engine saw on one photo: every candidate, kept or dropped, and why. */
export default async function ReadingPage({ params }: ReadingPageProps) {
  const { locale, eventId, photoId } = await params;
  const { ctx, event } = await loadOwnEvent(locale, eventId);
  const [reading, findings, processing, figures] = await Promise.all([
    getPhotoReading(ctx, { photoId }).catch(absentPage),
    getPhotoFindings(ctx, { photoId }).catch(absentPage),
    getPhotoProcessing(ctx, { photoId }).catch(absentPage),
    getReadingFigures(ctx, { eventId }),
  ]);
  const { photo } = reading;
  if (photo.eventId !== eventId) notFound();
  const t = await getTranslations('upload.reading');
  const underWay = photo.state === 'received' || photo.state === 'prepared';
  const { widthPx, heightPx } = photo;
  return (
    <div className="reading">
      <header className="row">
        <Link className="act" href={`/${locale}/pro/events/${eventId}/photos`}>
          <Icon name="left" />
          {t('back')}
        </Link>
        <h2>{photo.fileName}</h2>
        {processing.engineVersion ? (
          <span className="muted small engine-version">
            {t('engine', { version: processing.engineVersion })}
          </span>
        ) : null}
        {processing.older ? <span className="chip">{t('older')}</span> : null}
      </header>
      <ClientMessages namespaces={['upload']}>
        <PhotoMoves
          eventId={eventId}
          photoId={photo.id}
          waiting={underWay || processing.waiting}
          ready={photo.state === 'ready'}
          isCover={event.coverPhotoId === photo.id}
        />
      </ClientMessages>
      <div className="reading-body">
        <ReadOverlay photo={photo} reads={reading.reads} />
        <TagList
          photo={photo}
          tags={reading.tags}
          publishThreshold={reading.publishThreshold}
          mark={reading.mark}
          closed={event.status === 'archived'}
        />
      </div>
      <ReadTable reads={reading.reads} />
      {processing.edit && widthPx && heightPx ? (
        <ClientMessages namespaces={['upload']}>
          <EditPanel photoId={photo.id} edit={processing.edit} widthPx={widthPx} heightPx={heightPx} />
        </ClientMessages>
      ) : null}
      {findings ? <FindingPanels findings={findings} /> : null}
      {findings?.crops && widthPx && heightPx ? (
        <CropPanel
          crops={findings.crops}
          previewUrl={comparisonUrls(photo.id, photo.shownVersion).before}
          ratio={widthPx / heightPx}
        />
      ) : null}
      <EventFigures figures={figures} />
    </div>
  );
}
