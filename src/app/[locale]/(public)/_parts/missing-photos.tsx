import { getTranslations } from 'next-intl/server';
import type { Context } from '#context.ts';
import type { PublicEvent } from '#domain/events/get-public-event.ts';
import { listRunnerMoments } from '#domain/matching/list-runner-moments.ts';
import { RunnerMoments } from './runner-moments.tsx';

interface MissingPhotosProps {
  ctx: Context;
  event: PublicEvent;
  bib: string;
  /** Whether photos are shown that may not be of the runner. */
  some: boolean;
  locale: string;
}

/** The way on for who misses photos, to where timing expects the runner if it does; and for who sees somebody else's. */
export async function MissingPhotos({ ctx, event, bib, some, locale }: MissingPhotosProps) {
  const [t, moments] = await Promise.all([
    getTranslations('found'),
    listRunnerMoments(ctx, { eventId: event.id, bib }),
  ]);
  const base = `/${locale}/events/${event.slug}`;
  return (
    <section className="missing" aria-labelledby="missing-title">
      <h2 id="missing-title">{t('missingTitle')}</h2>
      <p>{t(moments.length > 0 ? 'missingMoments' : 'missingText')}</p>
      {moments.length > 0 ? (
        <RunnerMoments event={event} bib={bib} moments={moments} locale={locale} />
      ) : null}
      <a className="button" data-kind="quiet" href={`${base}/found?${new URLSearchParams({ bib })}`}>
        {t('missingLink')}
      </a>
      {some ? (
        <a className="link small" href={`${base}/bib/${encodeURIComponent(bib)}/not-me`}>
          {t('notMeLink')}
        </a>
      ) : null}
    </section>
  );
}
