import '#ui/styles/found.css';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { publicContext } from '#app/_web/public-context.ts';
import { readVisitor } from '#app/_web/session-cookies.ts';
import { firstWord } from '#app/[locale]/(public)/_parts/first-word.ts';
import { runnerName } from '#app/[locale]/(public)/_parts/runner-name.ts';
import type { Context } from '#context.ts';
import { findRunnerEverywhere, type RunnerElsewhere } from '#domain/matching/find-runner-everywhere.ts';
import { isDomainError } from '#platform/errors.ts';
import { Bib } from '#ui/Bib.tsx';
import { EmptyState } from '#ui/EmptyState.tsx';
import { formatDay } from '#ui/format-time.ts';
import { Icon } from '#ui/Icon.tsx';

interface FindMeProps {
  params: Promise<{ locale: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('found.everywhere');
  return { title: t('pageTitle'), robots: { index: false } };
}

/** One name or bib in every published event. */
export default async function FindMePage({ params, searchParams }: FindMeProps) {
  const [{ locale }, words] = await Promise.all([params, searchParams]);
  const query = firstWord(words.q)?.trim().slice(0, 80) ?? '';
  const [ctx, t] = await Promise.all([publicContext(locale), getTranslations('found.everywhere')]);
  const { client } = await readVisitor(ctx);
  const found = query === '' ? [] : await search(ctx, { query, client });
  return (
    <div className="wrap">
      <header className="page-header">
        <div>
          <h1>{t('title')}</h1>
          <p>{t('lead')}</p>
        </div>
      </header>
      <search>
        <form className="search" action={`/${locale}/find-me`}>
          <label className="sr-only" htmlFor="find-me">
            {t('field')}
          </label>
          <input
            id="find-me"
            className="input"
            name="q"
            type="search"
            maxLength={80}
            defaultValue={query}
            placeholder={t('field')}
            autoComplete="name"
            enterKeyHint="search"
            required
          />
          <button type="submit" className="button" data-kind="primary">
            <Icon name="search" />
            {t('submit')}
          </button>
        </form>
      </search>
      {found === null ? (
        <EmptyState title={t('tooManyTitle')}>{t('tooManyText')}</EmptyState>
      ) : found.length > 0 ? (
        <section aria-labelledby="found-title">
          <h2 id="found-title" className="found-count">
            {t('found', { count: found.length, query })}
          </h2>
          <ul className="list people">
            {found.map((runner) => (
              <FoundRunner
                key={`${runner.eventId} ${runner.bib} ${runner.lastName}`}
                runner={runner}
                locale={locale}
              />
            ))}
          </ul>
        </section>
      ) : query === '' ? null : (
        <EmptyState title={t('nothingTitle', { query })}>{t('nothingText')}</EmptyState>
      )}
    </div>
  );
}

/** Null for who asked too often. */
async function search(
  ctx: Context,
  input: { query: string; client: string },
): Promise<RunnerElsewhere[] | null> {
  try {
    return await findRunnerEverywhere(ctx, input);
  } catch (error) {
    if (isDomainError(error) && error.code === 'rate-limited') return null;
    throw error;
  }
}

async function FoundRunner({ runner, locale }: { runner: RunnerElsewhere; locale: string }) {
  const t = await getTranslations('found.everywhere');
  const day = formatDay(runner.startsAt, { locale, timeZone: runner.timeZone });
  return (
    <li>
      <a href={`/${locale}/events/${runner.eventSlug}/bib/${encodeURIComponent(runner.bib)}`}>
        <Bib bib={runner.bib} />
        <span>
          <b>{[runnerName({ ...runner, isMinor: false }), runner.eventName].filter(Boolean).join(', ')}</b>
          <small>{[day, runner.place].join(' · ')}</small>
        </span>
        <span className="small">{t('photoCount', { count: runner.photoCount })}</span>
      </a>
    </li>
  );
}
