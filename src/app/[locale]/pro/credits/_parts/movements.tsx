import { getTranslations } from 'next-intl/server';
import type { CreditEntry } from '#domain/credits/credits.ts';
import { EmptyState } from '#ui/EmptyState.tsx';
import { Pager } from '#ui/Pager.tsx';
import { CreditRow } from './credit-row.tsx';

interface MovementsProps {
  entries: CreditEntry[];
  /** Addresses of other pages, where there are any. */
  first: string | null;
  next: string | null;
  locale: string;
}

/** Each movement of credits, newest first. */
export async function Movements({ entries, first, next, locale }: MovementsProps) {
  const [t, common] = await Promise.all([getTranslations('pro.credits'), getTranslations('common')]);
  return (
    <section className="panel" aria-labelledby="movements">
      <header>
        <h2 id="movements">{t('movements')}</h2>
      </header>
      {entries.length === 0 ? (
        <EmptyState heading="h3" title={t('emptyTitle')}>
          {t('emptyText')}
        </EmptyState>
      ) : (
        <table className="table" data-cards="">
          <thead>
            <tr>
              <th scope="col">{t('what')}</th>
              <th scope="col">{t('why')}</th>
              <th scope="col">{t('when')}</th>
              <th scope="col" className="n">
                {t('credits')}
              </th>
            </tr>
          </thead>
          <tbody>
            {entries.map((entry) => (
              <CreditRow key={entry.id} entry={entry} locale={locale} />
            ))}
          </tbody>
        </table>
      )}
      <Pager
        label={common('pager.label')}
        first={first ? { href: first, label: common('pager.first') } : null}
        next={next ? { href: next, label: common('pager.next') } : null}
      />
    </section>
  );
}
