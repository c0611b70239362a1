import '#ui/styles/upload.css';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ClientMessages } from '#app/_web/client-messages.tsx';
import { requestContext } from '#app/_web/request-context.ts';
import { getOwnEvent } from '#domain/events/get-own-event.ts';
import { getPhotoCounts } from '#domain/photos/get-photo-counts.ts';
import { listOwnPhotos, type OwnPhotoFilter } from '#domain/photos/list-own-photos.ts';
import { PhotoGrid } from './PhotoGrid.tsx';
import { UploadPanel } from './upload-panel.client.tsx';

interface PhotosPageProps {
  params: Promise<{ locale: string; eventId: string }>;
  searchParams: Promise<{ filter?: string; after?: string }>;
}

const FILTERS: readonly OwnPhotoFilter[] = ['all', 'no-bib', 'doubtful', 'blurry', 'failed'];

export async function generateMetadata({ params }: PhotosPageProps): Promise<Metadata> {
  const { eventId } = await params;
  const event = await getOwnEvent(await requestContext(), { eventId });
  const t = await getTranslations('upload.photos');
  return { title: t('page', { name: event.name }) };
}

export default async function PhotosPage({ params, searchParams }: PhotosPageProps) {
  const { locale, eventId } = await params;
  const { filter: wanted, after } = await searchParams;
  const ctx = await requestContext();
  const event = await getOwnEvent(ctx, { eventId });
  const filter = FILTERS.find((name) => name === wanted) ?? 'all';
  const [counts, page] = await Promise.all([
    getPhotoCounts(ctx, { eventId }),
    listOwnPhotos(ctx, { eventId, filter, after }),
  ]);
  return (
    <>
      {event.status === 'archived' ? null : (
        <ClientMessages namespaces={['upload']}>
          <UploadPanel eventId={eventId} maxUploadMb={ctx.config.maxUploadMb} counts={counts} />
        </ClientMessages>
      )}
      <PhotoGrid
        address={`/${locale}/pro/events/${eventId}`}
        filters={FILTERS}
        filter={filter}
        photos={page.photos}
        next={page.next}
        timeZone={event.timeZone}
      />
    </>
  );
}
