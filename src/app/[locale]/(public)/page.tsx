import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { publicContext } from '#app/_web/public-context.ts';
import { EmptyState } from '#ui/EmptyState.tsx';
import { Pager } from '#ui/Pager.tsx';
import { EventMonths } from './_parts/event-months.tsx';
import { EventSearch } from './_parts/event-search.tsx';
import { listEvents } from './_parts/list-events.ts';
import { addresses, shareCard } from './_parts/seo.ts';

interface HomeProps {
  params: Promise<{ locale: string }>;
}

/** Made at the first visit, never while building: a build has no database. */
export const revalidate = 30;
export function generateStaticParams() {
  return [];
}

const PAGE = 24;

export async function generateMetadata({ params }: HomeProps): Promise<Metadata> {
  const { locale } = await params;
  const [ctx, t] = await Promise.all([publicContext(locale), getTranslations('public')]);
  const [title, description] = [t('home.title'), t('home.lead')];
  return {
    title: { absolute: `Focus Racer – ${title}` },
    description,
    alternates: addresses(ctx, locale, ''),
    openGraph: shareCard(ctx, locale, { title, description, path: '' }),
  };
}

export default async function HomePage({ params }: HomeProps) {
  const { locale } = await params;
  const [ctx, t, common] = await Promise.all([
    publicContext(locale),
    getTranslations('public'),
    getTranslations('common'),
  ]);
  const { events, next } = await listEvents(ctx, { limit: PAGE });
  return (
    <>
      <header className="lead wrap">
        <h1>{t('home.title')}</h1>
        <p>{t('home.lead')}</p>
        <EventSearch locale={locale} />
      </header>
      {events.length > 0 ? (
        <EventMonths events={events} locale={locale} />
      ) : (
        <EmptyState
          title={t('events.noneTitle')}
          actions={
            <a className="button" href={`/${locale}/pro`}>
              {common('nav.pro')}
            </a>
          }
        >
          {t('events.noneText')}
        </EmptyState>
      )}
      <Pager
        label={common('pager.label')}
        next={
          next
            ? { href: `/${locale}/events?after=${encodeURIComponent(next)}`, label: t('events.older') }
            : null
        }
      />
    </>
  );
}
