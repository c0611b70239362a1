import '#ui/styles/upload.css';
import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { absentPage } from '#app/_web/guards.ts';
import { getPhotoReading } from '#domain/matching/get-photo-reading.ts';
import { getReadingFigures } from '#domain/matching/get-reading-figures.ts';
import { Icon } from '#ui/Icon.tsx';
import { loadOwnEvent } from '../../_parts/load-own-event.ts';
import { ReadOverlay } from './ReadOverlay.tsx';
import { ReadTable } from './ReadTable.tsx';
import { TagList } from './TagList.tsx';

interface ReadingPageProps {
  params: Promise<{ locale: string; eventId: string; photoId: string }>;
}

const FIGURES = ['photosRead', 'withBib', 'runnersFound', 'doubtful', 'blurry', 'failed'] as const;

export async function generateMetadata({ params }: ReadingPageProps): Promise<Metadata> {
  const { locale, eventId } = await params;
  await loadOwnEvent(locale, eventId);
  const t = await getTranslations('upload.reading');
  return { title: t('title') };
}

/** What the engine saw on one photo: every candidate, kept or dropped, and why. */
export default async function ReadingPage({ params }: ReadingPageProps) {
  const { locale, eventId, photoId } = await params;
  const { ctx } = await loadOwnEvent(locale, eventId);
  const [reading, figures] = await Promise.all([
    getPhotoReading(ctx, { photoId }).catch(absentPage),
    getReadingFigures(ctx, { eventId }),
  ]);
  if (reading.photo.eventId !== eventId) notFound();
  const t = await getTranslations('upload.reading');
  return (
    <div className="reading">
      <header className="row">
        <Link className="act" href={`/${locale}/pro/events/${eventId}/photos`}>
          <Icon name="left" />
          {t('back')}
        </Link>
        <h2>{reading.photo.fileName}</h2>
        {reading.engineVersion ? (
          <span className="muted small">{t('engine', { version: reading.engineVersion })}</span>
        ) : null}
      </header>
      <div className="reading-body">
        <ReadOverlay photo={reading.photo} reads={reading.reads} />
        <TagList tags={reading.tags} publishThreshold={reading.publishThreshold} />
      </div>
      <ReadTable reads={reading.reads} />
      <section className="panel" aria-labelledby="figures">
        <header>
          <h2 id="figures">{t('figures')}</h2>
        </header>
        <dl className="kpis">
          {FIGURES.map((name) => (
            <div key={name} className="figure">
              <dt>{t(`eventFigures.${name}`)}</dt>
              <dd className="num">{figures[name]}</dd>
            </div>
          ))}
        </dl>
      </section>
    </div>
  );
}
