import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { absentPage, loadEvent } from '#app/[locale]/(public)/_parts/load-event.ts';
import { loadRunner } from '#app/[locale]/(public)/_parts/load-runner.ts';
import { ViewerScreen } from '#app/[locale]/(viewer)/_parts/viewer-screen.tsx';
import { getVisiblePhoto } from '#domain/photos/get-visible-photo.ts';

interface RunnerPhotoProps {
  params: Promise<{ locale: string; slug: string; bib: string; photoId: string }>;
}

export const revalidate = 30;
export function generateStaticParams() {
  return [];
}

export async function generateMetadata({ params }: RunnerPhotoProps): Promise<Metadata> {
  const { locale, slug, bib, photoId } = await params;
  const [runner, t] = await Promise.all([loadRunner(locale, slug, bib), getTranslations('public')]);
  const shown = [...runner.sure, ...runner.maybe];
  const number = shown.findIndex((photo) => photo.id === photoId) + 1;
  return {
    title: t('viewer.runnerTitle', { number, count: shown.length, bib: runner.bib }),
    robots: { index: false },
  };
}

/** One of a runner's photos, between the one before and the one after. */
export default async function RunnerPhotoPage({ params }: RunnerPhotoProps) {
  const { locale, slug, bib: segment, photoId } = await params;
  const { event, bib, runners, sure, maybe } = await loadRunner(locale, slug, segment);
  const shown = [...sure, ...maybe];
  const index = shown.findIndex((photo) => photo.id === photoId);
  const photo = shown[index];
  if (!photo) notFound();
  const { ctx } = await loadEvent(locale, slug);
  const { author, copyright } = await getVisiblePhoto(ctx, { photoId }).catch(absentPage);
  const back = `/${locale}/events/${event.slug}/bib/${encodeURIComponent(bib)}`;
  const neighbour = (at: number) => {
    const other = at < 0 ? undefined : shown[at];
    return other ? { href: `${back}/photos/${other.id}`, previewUrl: other.previewUrl } : null;
  };
  return (
    <ViewerScreen
      event={event}
      photo={photo}
      author={author ?? copyright}
      bib={bib}
      bibColour={runners[0]?.raceColour}
      frames={[]}
      place={{ number: index + 1, count: shown.length }}
      pack={{ count: sure.length }}
      previous={neighbour(index - 1)}
      next={neighbour(index + 1)}
      back={back}
      locale={locale}
    />
  );
}
