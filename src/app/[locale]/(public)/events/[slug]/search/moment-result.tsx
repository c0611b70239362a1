import { getTranslations } from 'next-intl/server';
import { firstWord } from '#app/[locale]/(public)/_parts/first-word.ts';
import { absentPage } from '#app/[locale]/(public)/_parts/load-event.ts';
import type { Query } from '#app/[locale]/(public)/_parts/moment.ts';
import { MomentPhotos } from '#app/[locale]/(public)/_parts/moment-photos.tsx';
import { MomentSearch } from '#app/[locale]/(public)/_parts/moment-search.tsx';
import type { Context } from '#context.ts';
import type { PublicEvent } from '#domain/events/get-public-event.ts';
import { browsePhotos } from '#domain/matching/browse-photos.ts';
import type { PhotoPlace } from '#domain/matching/photo-places.ts';
import { type PhotoSearch, searchPhotos } from '#domain/matching/search-photos.ts';
import { Pager } from '#ui/Pager.tsx';

interface Asked {
  ctx: Context;
  event: PublicEvent;
  /** As they stand in the address. */
  words: Query;
  /** A bib or a name; '' for everybody's photos. */
  query: string;
  between: { from: Date; until: Date } | null;
  place: PhotoPlace | null;
  locale: string;
}

const PAGE = 60;

/** The photos of a moment or a place: everybody's, or those of the runners that a bib or a name means. */
export async function MomentResult({ asked }: { asked: Asked }) {
  const { ctx, event, words, query, between, place, locale } = asked;
  const [t, common] = await Promise.all([getTranslations('found'), getTranslations('common')]);
  const after = firstWord(words.after);
  const found = query === '' ? null : await searchPhotos(ctx, { eventId: event.id, query }).catch(absentPage);
  const page = await browsePhotos(ctx, {
    eventId: event.id,
    bibs: found === null ? undefined : bibsOf(found),
    between: between ?? undefined,
    placeId: place?.placeId,
    after,
    limit: PAGE,
  }).catch(absentPage);
  const base = `/${locale}/events/${event.slug}`;
  return (
    <div className="wrap">
      <p className="crumb">
        <a href={base}>← {event.name}</a>
      </p>
      <header className="page-header">
        <div>
          <h1>{query === '' ? t('search.title') : t('search.ofRunners', { query })}</h1>
          <p>{t('search.count', { count: page.photos.length })}</p>
          {found?.kind === 'bib' ? (
            <a className="link" href={`${base}/bib/${encodeURIComponent(found.bib)}`}>
              {t('search.allOfBib', { bib: found.bib })}
            </a>
          ) : null}
        </div>
      </header>
      <MomentSearch
        ctx={ctx}
        event={event}
        query={words}
        words={query}
        placeId={place?.placeId}
        locale={locale}
      />
      <MomentPhotos event={event} photos={page.photos} locale={locale} />
      <Pager
        label={common('pager.label')}
        first={after ? { href: address(base, words, null), label: common('pager.first') } : null}
        next={page.next ? { href: address(base, words, page.next), label: t('later') } : null}
      />
    </div>
  );
}

function bibsOf(found: PhotoSearch): string[] {
  if (found.kind === 'bib') return [found.bib];
  return found.kind === 'runners' ? found.runners.map(({ bib }) => bib) : [];
}

function address(base: string, words: Query, position: string | null): string {
  const kept = ['q', 'at', 'within', 'day', 'place'].flatMap((name) => {
    const value = firstWord(words[name]);
    return value ? [[name, value]] : [];
  });
  return `${base}/search?${new URLSearchParams([...kept, ...(position ? [['after', position]] : [])])}`;
}
