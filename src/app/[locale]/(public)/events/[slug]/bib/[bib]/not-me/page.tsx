import '#ui/styles/found.css';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { sendClaims } from '#app/[locale]/(public)/_parts/claim-actions.ts';
import { ClaimForm } from '#app/[locale]/(public)/_parts/claim-form.client.tsx';
import { claimWords } from '#app/[locale]/(public)/_parts/claim-words.ts';
import { loadRunner } from '#app/[locale]/(public)/_parts/load-runner.ts';
import { Bib } from '#ui/Bib.tsx';
import { EmptyState } from '#ui/EmptyState.tsx';
import { toPhotoCard } from '#ui/photo-card.ts';

interface NotMeProps {
  params: Promise<{ locale: string; slug: string; bib: string }>;
}

export async function generateMetadata({ params }: NotMeProps): Promise<Metadata> {
  const { locale, slug, bib } = await params;
  const [runner, t] = await Promise.all([loadRunner(locale, slug, bib), getTranslations('found')]);
  return { title: t('notMe.pageTitle', { bib: runner.bib }), robots: { index: false } };
}

/** A runner's published photos, to say which of them show somebody else. */
export default async function NotMePage({ params }: NotMeProps) {
  const { locale, slug, bib: asked } = await params;
  const [{ event, bib, runners, sure }, t] = await Promise.all([
    loadRunner(locale, slug, asked),
    getTranslations('found'),
  ]);
  const base = `/${locale}/events/${event.slug}`;
  const runnerBase = `${base}/bib/${encodeURIComponent(bib)}`;
  return (
    <div className="wrap">
      <p className="crumb">
        <a href={runnerBase}>← {t('notMe.back', { bib })}</a>
      </p>
      <header className="result-head">
        <Bib bib={bib} colour={runners[0]?.raceColour} />
        <div>
          <h1>{t('notMe.title')}</h1>
          <p>{t('notMe.lead')}</p>
        </div>
      </header>
      {sure.length > 0 ? (
        <section className="result-body" aria-label={t('notMe.title')}>
          <ClaimForm
            action={sendClaims}
            kind="not-me"
            eventId={event.id}
            bib={bib}
            photos={sure.map(toPhotoCard)}
            photoBase={`${runnerBase}/photos`}
            words={await claimWords('notMe', locale, event.timeZone)}
          />
        </section>
      ) : (
        <EmptyState title={t('notMe.noneTitle', { bib })}>{t('notMe.noneText')}</EmptyState>
      )}
    </div>
  );
}
