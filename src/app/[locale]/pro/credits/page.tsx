import type { Metadata } from 'next';
import { getFormatter, getTranslations } from 'next-intl/server';
import { absentPage, requireProPage } from '#app/_web/guards.ts';
import { CREDITS_PER_PHOTO, WELCOME_CREDITS } from '#domain/credits/credits.ts';
import { getCreditBalance } from '#domain/credits/get-credit-balance.ts';
import { listCreditEntries } from '#domain/credits/list-credit-entries.ts';
import { EmptyState } from '#ui/EmptyState.tsx';
import { Pager } from '#ui/Pager.tsx';
import { CreditRow } from './_parts/credit-row.tsx';

interface CreditsPageProps {
  params: Promise<{ locale: string }>;
  searchParams: Promise<{ after?: string | string[] }>;
}

const PAGE = 50;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('pro.credits');
  return { title: t('title') };
}

/** The organisation's credits: how many are left, what one is, and each movement. */
export default async function CreditsPage({ params, searchParams }: CreditsPageProps) {
  const [{ locale }, query] = await Promise.all([params, searchParams]);
  const here = `/${locale}/pro/credits`;
  const ctx = await requireProPage(locale, here);
  const after = typeof query.after === 'string' ? query.after : undefined;
  // The first look opens the account, so that its welcome stands in the list.
  const balance = await getCreditBalance(ctx);
  const { entries, next } = await listCreditEntries(ctx, { after, limit: PAGE }).catch(absentPage);
  const [t, common, format] = await Promise.all([
    getTranslations('pro.credits'),
    getTranslations('common'),
    getFormatter(),
  ]);
  return (
    <main id="content" className="desk-main" tabIndex={-1}>
      <h1>{t('title')}</h1>
      <dl className="kpis">
        <div className="figure">
          <dt>{t('left')}</dt>
          <dd>{format.number(balance)}</dd>
        </div>
      </dl>
      <p className="muted prose">
        {t('about', {
          perPhoto: CREDITS_PER_PHOTO.lite,
          premium: CREDITS_PER_PHOTO.premium,
          welcome: WELCOME_CREDITS,
        })}
      </p>
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
          first={after ? { href: here, label: common('pager.first') } : null}
          next={next ? { href: `${here}?after=${next}`, label: common('pager.next') } : null}
        />
      </section>
    </main>
  );
}
