import '#ui/styles/found.css';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { sendClaims } from '#app/[locale]/(public)/_parts/claim-actions.ts';
import { ClaimForm } from '#app/[locale]/(public)/_parts/claim-form.client.tsx';
import { claimWords } from '#app/[locale]/(public)/_parts/claim-words.ts';
import { ColourChoice } from '#app/[locale]/(public)/_parts/colour-choice.tsx';
import { firstWord } from '#app/[locale]/(public)/_parts/first-word.ts';
import { loadBrowsing } from '#app/[locale]/(public)/_parts/load-browsing.ts';
import { absentPage, loadEvent } from '#app/[locale]/(public)/_parts/load-event.ts';
import { type Query, readMoment } from '#app/[locale]/(public)/_parts/moment.ts';
import { MomentFields } from '#app/[locale]/(public)/_parts/moment-fields.tsx';
import { RunnerMoments } from '#app/[locale]/(public)/_parts/runner-moments.tsx';
import { browsePhotos } from '#domain/matching/browse-photos.ts';
import { listPhotoColours } from '#domain/matching/list-photo-colours.ts';
import { listRunnerMoments } from '#domain/matching/list-runner-moments.ts';
import { readBibQuery } from '#domain/matching/near-bibs.ts';
import { EmptyState } from '#ui/EmptyState.tsx';
import { Pager } from '#ui/Pager.tsx';
import { toPhotoCard } from '#ui/photo-card.ts';

interface FoundProps {
  params: Promise<{ locale: string; slug: string }>;
  searchParams: Promise<Query>;
}

const PAGE = 60;

export async function generateMetadata({ params }: FoundProps): Promise<Metadata> {
  const { locale, slug } = await params;
  const [{ event }, t] = await Promise.all([loadEvent(locale, slug), getTranslations('found')]);
  return { title: t('pageTitle', { name: event.name }), robots: { index: false } };
}

/** Photos on which nobody is published, by time, place and colour; runners say which are theirs. No name is shown here. */
export default async function FoundPage({ params, searchParams }: FoundProps) {
  const [{ locale, slug }, query] = await Promise.all([params, searchParams]);
  const [{ ctx, event }, t, common] = await Promise.all([
    loadEvent(locale, slug),
    getTranslations('found'),
    getTranslations('common'),
  ]);
  const [{ days, places }, colours] = await Promise.all([
    loadBrowsing(ctx, event),
    listPhotoColours(ctx, { eventId: event.id }),
  ]);
  const moment = readMoment(query, { days, timeZone: event.timeZone });
  const place = places.find(({ placeId }) => placeId === firstWord(query.place));
  const colour = colours.find((one) => one === firstWord(query.colour));
  const bib = readBibQuery(firstWord(query.bib)?.slice(0, 20) ?? '') ?? '';
  const after = firstWord(query.after);
  const [page, moments, words] = await Promise.all([
    browsePhotos(ctx, {
      eventId: event.id,
      lost: true,
      between: moment.between ?? undefined,
      placeId: place?.placeId,
      colour,
      after,
      limit: PAGE,
    }).catch(absentPage),
    bib === '' ? [] : listRunnerMoments(ctx, { eventId: event.id, bib }),
    claimWords('me', locale, event.timeZone),
  ]);
  const base = `/${locale}/events/${event.slug}`;
  const filtered = moment.between !== null || place !== undefined || colour !== undefined;
  const address = (position: string | null) => {
    const kept = ['at', 'within', 'day', 'place', 'colour', 'bib'].flatMap((name) => {
      const value = firstWord(query[name]);
      return value ? [[name, value]] : [];
    });
    return `${base}/found?${new URLSearchParams([...kept, ...(position ? [['after', position]] : [])])}`;
  };
  return (
    <div className="wrap">
      <p className="crumb">
        <a href={base}>← {event.name}</a>
      </p>
      <header className="page-header">
        <div>
          <h1>{t('title')}</h1>
          <p>{t('lead')}</p>
        </div>
      </header>
      {moments.length > 0 ? (
        <section className="found-moments" aria-labelledby="moments-title">
          <h2 id="moments-title">{t('momentsTitle', { bib })}</h2>
          <RunnerMoments event={event} bib={bib} moments={moments} locale={locale} />
        </section>
      ) : null}
      <search>
        <form className="found-filter" action={`${base}/found`} key={address(null)}>
          {bib === '' ? null : <input type="hidden" name="bib" value={bib} />}
          <div className="fields">
            <MomentFields
              days={days}
              places={places}
              moment={moment}
              placeId={place?.placeId ?? ''}
              locale={locale}
            />
          </div>
          <ColourChoice colours={colours} chosen={colour ?? ''} />
          <div className="row">
            <button type="submit" className="button" data-kind="primary">
              {t('submit')}
            </button>
            {filtered ? (
              <a
                className="button"
                data-kind="quiet"
                href={`${base}/found${bib ? `?bib=${encodeURIComponent(bib)}` : ''}`}
              >
                {t('all')}
              </a>
            ) : null}
          </div>
        </form>
      </search>
      {page.photos.length > 0 ? (
        <section className="result-body" aria-label={t('title')}>
          <ClaimForm
            key={address(after ?? null)}
            action={sendClaims}
            kind="me"
            eventId={event.id}
            bib={bib}
            photos={page.photos.map(toPhotoCard)}
            photoBase={`${base}/photos`}
            words={words}
          />
        </section>
      ) : (
        <EmptyState title={t(filtered ? 'noneHereTitle' : 'noneTitle')}>
          {t(filtered ? 'noneHereText' : 'noneText')}
        </EmptyState>
      )}
      <Pager
        label={common('pager.label')}
        first={after ? { href: address(null), label: common('pager.first') } : null}
        next={page.next ? { href: address(page.next), label: t('later') } : null}
      />
    </div>
  );
}
