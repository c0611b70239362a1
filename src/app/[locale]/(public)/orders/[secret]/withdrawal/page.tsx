import '#ui/styles/shop.css';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { ClientMessages } from '#app/_web/client-messages.tsx';
import { absentPage } from '#app/_web/guards.ts';
import { requestContext } from '#app/_web/request-context.ts';
import { formatDay } from '#app/[locale]/(public)/orders/[secret]/_parts/format-instant.ts';
import { findWithdrawal, type WithdrawalView } from '#domain/withdrawals/get-withdrawal.ts';
import { formatStatementInstant } from '#domain/withdrawals/withdrawal-email.ts';
import { formatMoney } from '#ui/format-money.ts';
import { Notice } from '#ui/Notice.tsx';
import { ConfirmForm } from './confirm-form.client.tsx';

interface WithdrawalProps {
  params: Promise<{ locale: string; secret: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('invoices.withdrawal');
  return { title: t('title'), robots: { index: false, follow: false }, referrer: 'same-origin' };
}

/** Withdrawing from one order without typing its number: what it would give back, the statement, and those made before. */
export default async function OrderWithdrawalPage({ params }: WithdrawalProps) {
  const { locale, secret } = await params;
  const ctx = await requestContext(locale);
  const view = await findWithdrawal(ctx, { secret }).catch(absentPage);
  if (!view) notFound();
  const t = await getTranslations('invoices.withdrawal.order');
  const { orderNumber, orderedAt, endsAt, periodOver, refundableCents, currency, processing, email } = view;
  const amount = formatMoney(refundableCents, currency, locale);
  const dates = {
    ordered: formatDay(orderedAt, locale),
    // The period ends with the last instant of its last day.
    last: formatDay(new Date(endsAt.getTime() - 1), locale),
  };
  return (
    <div className="narrow stack" data-wide="">
      <h1>{t('title', { number: orderNumber })}</h1>
      <Statements view={view} locale={ctx.locale} />
      <p>{periodOver ? t('over', dates) : t('until', dates)}</p>
      <Lines view={view} locale={locale} />
      {refundableCents > 0 ? (
        <p>{processing ? t('refundLater', { amount }) : t('refund', { amount })}</p>
      ) : (
        <p>{t('nothing')}</p>
      )}
      <ClientMessages namespaces={['invoices']}>
        <ConfirmForm secret={secret} orderNumber={orderNumber} email={email} />
      </ClientMessages>
      <p className="small muted">{t('problem')}</p>
      <p>
        <a className="link" href={`/${locale}/orders/${secret}`}>
          {t('back')}
        </a>
      </p>
    </div>
  );
}

async function Statements({ view, locale }: { view: WithdrawalView; locale: 'fr' | 'en' }) {
  if (view.statements.length === 0) return null;
  const t = await getTranslations('invoices.withdrawal.order');
  return (
    <section className="stack" aria-label={t('past')}>
      {view.statements.map(({ id, at, outcome, endedBy, refundId }) => (
        <Notice key={id} state={outcome === 'right-ended' ? 'plain' : 'good'}>
          <p>
            <b>{t('received', { instant: formatStatementInstant(at, locale) })}</b> {t('mailed')}
          </p>
          <p>{outcome !== 'right-ended' && refundId === null ? t('later') : t(`outcome.${outcome}`)}</p>
          {endedBy ? <p>{t(endedBy)}</p> : null}
        </Notice>
      ))}
    </section>
  );
}

async function Lines({ view, locale }: { view: WithdrawalView; locale: string }) {
  const t = await getTranslations('invoices.withdrawal.order');
  return (
    <div className="table-box">
      <table className="table" data-cards="">
        <thead>
          <tr>
            <th scope="col">{t('what')}</th>
            <th scope="col">{t('right')}</th>
            <th scope="col" className="n">
              {t('amount')}
            </th>
          </tr>
        </thead>
        <tbody>
          {view.lines.map((line) => (
            <tr key={line.lineId}>
              <th scope="row">{nameOf(line)}</th>
              <td data-label={t('right')}>{line.right === 'stands' ? t('stands') : t(line.endedBy)}</td>
              <td className="n" data-label={t('amount')}>
                {line.right === 'stands' ? formatMoney(line.amountCents, view.currency, locale) : '–'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );

  function nameOf({ kind, bib, eventName }: WithdrawalView['lines'][number]): string {
    const event = eventName ?? '';
    if (kind === 'all-photos') return t('all', { bib: bib ?? '', event });
    if (kind === 'whole-event') return t('whole', { event });
    return bib ? t('photoOf', { bib, event }) : t('photo', { event });
  }
}
