import '#ui/styles/upload.css';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ClientMessages } from '#app/_web/client-messages.tsx';
import { absentPage } from '#app/_web/guards.ts';
import { getPhotoCounts } from '#domain/photos/get-photo-counts.ts';
import { listOwnPhotos, type OwnPhotoFilter } from '#domain/photos/list-own-photos.ts';
import { listOwnStack } from '#domain/photos/list-own-stack.ts';
import { loadOwnEvent } from '../_parts/load-own-event.ts';
import { PhotoGrid } from './PhotoGrid.tsx';
import { UploadPanel } from './upload-panel.client.tsx';

interface PhotosPageProps {
  params: Promise<{ locale: string; eventId: string }>;
  searchParams: Promise<{
    filter?: string | string[];
    after?: string | string[];
    stack?: string | string[];
  }>;
}

const FILTERS: readonly OwnPhotoFilter[] = ['all', 'no-bib', 'doubtful', 'blurry', 'failed'];

export async function generateMetadata({ params }: PhotosPageProps): Promise<Metadata> {
  const { locale, eventId } = await params;
  const [{ event }, t] = await Promise.all([loadOwnEvent(locale, eventId), getTranslations('upload.photos')]);
  return { title: t('page', { name: event.name }) };
}

export default async function PhotosPage({ params, searchParams }: PhotosPageProps) {
  const { locale, eventId } = await params;
  const asked = await searchParams;
  const { ctx, event } = await loadOwnEvent(locale, eventId);
  const filter = FILTERS.find((name) => name === asked.filter) ?? 'all';
  const after = typeof asked.after === 'string' ? asked.after : undefined;
  const stack = typeof asked.stack === 'string' ? asked.stack : null;
  const [counts, frames] = await Promise.all([
    getPhotoCounts(ctx, { eventId }),
    stack ? listOwnStack(ctx, { eventId, photoId: stack }).catch(absentPage) : [],
  ]);
  // A stack that is no more was a stack of photos that are in the grid.
  const page =
    frames.length > 0
      ? { photos: frames.map((photo) => ({ ...photo, frames: 1 })), next: null }
      : await listOwnPhotos(ctx, { eventId, filter, after }).catch(absentPage);
  return (
    <>
      {event.status === 'archived' ? null : (
        <ClientMessages namespaces={['upload']}>
          <UploadPanel key={eventId} eventId={eventId} maxUploadMb={ctx.config.maxUploadMb} counts={counts} />
        </ClientMessages>
      )}
      <PhotoGrid
        address={`/${locale}/pro/events/${eventId}`}
        filters={FILTERS}
        filter={frames.length > 0 ? null : filter}
        photos={page.photos}
        next={page.next}
        timeZone={event.timeZone}
      />
    </>
  );
}
