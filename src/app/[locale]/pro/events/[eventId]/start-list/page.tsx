import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ClientMessages } from '#app/_web/client-messages.tsx';
import { listBibChanges } from '#domain/timing/list-bib-changes.ts';
import { countStartList, listStartList } from '#domain/timing/list-start-list.ts';
import { Bib } from '#ui/Bib.tsx';
import { EmptyState } from '#ui/EmptyState.tsx';
import { Icon } from '#ui/Icon.tsx';
import { Notice } from '#ui/Notice.tsx';
import { Pager } from '#ui/Pager.tsx';
import { ConnectionsSection } from '../_parts/connections-section.tsx';
import { loadOwnEvent } from '../_parts/load-own-event.ts';
import { BibChanges } from './bib-changes.tsx';
import { ImportPanel } from './import-panel.client.tsx';
import { RunnerNotes } from './runner-notes.tsx';

interface StartListProps {
  params: Promise<{ locale: string; eventId: string }>;
  searchParams: Promise<{ q?: string; after?: string }>;
}

const PAGE = 50;

export async function generateMetadata({ params }: StartListProps): Promise<Metadata> {
  const { locale, eventId } = await params;
  const [{ event }, t] = await Promise.all([loadOwnEvent(locale, eventId), getTranslations('pro')]);
  return { title: `${t('tabs.startList')}, ${event.name}` };
}

export default async function StartListPage({ params, searchParams }: StartListProps) {
  const [{ locale, eventId }, query] = await Promise.all([params, searchParams]);
  const { ctx, event } = await loadOwnEvent(locale, eventId);
  const search = typeof query.q === 'string' ? query.q.slice(0, 100) : '';
  const after = typeof query.after === 'string' ? query.after : null;
  const [count, page, changes, t, common] = await Promise.all([
    countStartList(ctx, { eventId }),
    listStartList(ctx, { eventId, search, after, limit: PAGE }),
    listBibChanges(ctx, { eventId }),
    getTranslations('pro'),
    getTranslations('common'),
  ]);
  const here = `/${locale}/pro/events/${eventId}/start-list`;
  const address = (next: string) =>
    `${here}?${new URLSearchParams({ ...(search ? { q: search } : {}), after: next })}`;
  return (
    <>
      {event.status === 'archived' ? (
        <Notice>{t('event.is.archived')}</Notice>
      ) : (
        <>
          <ClientMessages namespaces={['pro']}>
            <ImportPanel eventId={eventId} />
          </ClientMessages>
          <ConnectionsSection ctx={ctx} event={event} of="list" />
        </>
      )}
      <section className="panel stack" aria-labelledby="list">
        <header className="row">
          <h2 id="list">{t('startList.title', { count })}</h2>
        </header>
        {count > 0 ? (
          <search>
            <form className="search">
              <input
                className="input"
                type="search"
                name="q"
                defaultValue={search}
                aria-label={t('startList.search')}
                placeholder={t('startList.search')}
              />
              <button className="button" type="submit" aria-label={t('startList.find')}>
                <Icon name="search" />
              </button>
            </form>
          </search>
        ) : null}
        {page.runners.length === 0 ? (
          <EmptyState heading="h3" title={t(count === 0 ? 'startList.emptyTitle' : 'startList.nothing')}>
            {t(count === 0 ? 'startList.emptyText' : 'startList.nothingText')}
          </EmptyState>
        ) : (
          <table className="table" data-cards="">
            <thead>
              <tr>
                <th scope="col">{t('import.fields.bib')}</th>
                <th scope="col">{t('startList.name')}</th>
                <th scope="col">{t('import.fields.race')}</th>
                <th scope="col">{t('import.fields.category')}</th>
                <th scope="col">{t('import.fields.club')}</th>
              </tr>
            </thead>
            <tbody>
              {page.runners.map((runner) => (
                <tr key={runner.entryId}>
                  <th scope="row">
                    <Bib bib={runner.bib} colour={runner.raceColour} size="15px" />
                  </th>
                  <td data-label={t('startList.name')}>
                    <span>
                      {runner.firstName} {runner.lastName} <RunnerNotes runner={runner} />
                    </span>
                  </td>
                  <td data-label={t('import.fields.race')}>{runner.raceName ?? '–'}</td>
                  <td data-label={t('import.fields.category')}>{runner.category ?? '–'}</td>
                  <td data-label={t('import.fields.club')}>{runner.club ?? '–'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        <Pager
          label={common('pager.label')}
          first={
            after
              ? {
                  href: search ? `${here}?q=${encodeURIComponent(search)}` : here,
                  label: common('pager.first'),
                }
              : null
          }
          next={page.next ? { href: address(page.next), label: common('pager.next') } : null}
        />
      </section>
      <BibChanges changes={changes} place={{ locale, timeZone: event.timeZone }} />
    </>
  );
}
