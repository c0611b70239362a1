import '#ui/styles/found.css';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { loadEvent } from '#app/[locale]/(public)/_parts/load-event.ts';
import { loadRunner } from '#app/[locale]/(public)/_parts/load-runner.ts';
import { MissingPhotos } from '#app/[locale]/(public)/_parts/missing-photos.tsx';
import { NearBibs } from '#app/[locale]/(public)/_parts/near-bibs.tsx';
import { runnerName } from '#app/[locale]/(public)/_parts/runner-name.ts';
import { RunnerOfferSection } from '#app/[locale]/(public)/_parts/runner-offer-section.tsx';
import { RunnerPhotos } from '#app/[locale]/(public)/_parts/runner-photos.tsx';
import { SearchAgain } from '#app/[locale]/(public)/_parts/search-again.tsx';
import { Bib } from '#ui/Bib.tsx';
import { EmptyState } from '#ui/EmptyState.tsx';
import { Notice } from '#ui/Notice.tsx';

interface BibProps {
  params: Promise<{ locale: string; slug: string; bib: string }>;
}

export const revalidate = 30;
export function generateStaticParams() {
  return [];
}

/** Whose photos these are is nothing for a search engine. */
export async function generateMetadata({ params }: BibProps): Promise<Metadata> {
  const { locale, slug, bib } = await params;
  const [runner, t] = await Promise.all([loadRunner(locale, slug, bib), getTranslations('public')]);
  return {
    title: t('runner.pageTitle', { bib: runner.bib, count: runner.sure.length, name: runner.event.name }),
    robots: { index: false },
  };
}

export default async function BibPage({ params }: BibProps) {
  const { locale, slug, bib: asked } = await params;
  const [found, { ctx }, t] = await Promise.all([
    loadRunner(locale, slug, asked),
    loadEvent(locale, slug),
    getTranslations('public'),
  ]);
  const { event, bib, runners, sure, maybe, nearBibs } = found;
  const base = `/${locale}/events/${event.slug}`;
  const runner = runners[0];
  return (
    <div className="wrap">
      <p className="crumb">
        <a href={base}>← {event.name}</a>
      </p>
      <header className="result-head">
        <Bib bib={bib} colour={runner?.raceColour} />
        <div>
          <h1>{t('runner.photos', { count: sure.length })}</h1>
          <p>
            {runners.map((one) => [runnerName(one), one.raceName].filter(Boolean).join(', ')).join(' ; ')}
            {runners.length > 0 ? ' · ' : null}
            <a className="link" href={`${base}#photos`}>
              {t('runner.otherBib')}
            </a>
          </p>
        </div>
      </header>
      {sure.length > 0 ? (
        <div className="result-body split">
          <section aria-label={t('runner.yours')}>
            <RunnerPhotos event={event} bib={bib} photos={sure} offset={0} locale={locale} />
          </section>
          <RunnerOfferSection event={event} bib={bib} photos={sure} locale={locale} />
        </div>
      ) : maybe.length > 0 ? (
        <Notice>{t('runner.onlyMaybe')}</Notice>
      ) : (
        <>
          <EmptyState title={t('runner.nothingTitle', { bib })}>
            {runner ? t('runner.notYet') : t('runner.nothingText')}
          </EmptyState>
          <SearchAgain base={base} />
        </>
      )}
      {maybe.length > 0 ? (
        <section className="maybe result-body" aria-labelledby="maybe-title">
          <h2 id="maybe-title">{t('runner.maybeTitle')}</h2>
          <p>{t('runner.maybeText')}</p>
          <RunnerPhotos event={event} bib={bib} photos={maybe} offset={sure.length} locale={locale} />
        </section>
      ) : null}
      <MissingPhotos ctx={ctx} event={event} bib={bib} some={sure.length > 0} locale={locale} />
      <NearBibs bibs={nearBibs} base={base} />
    </div>
  );
}
