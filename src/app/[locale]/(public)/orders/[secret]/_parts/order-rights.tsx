import { getTranslations } from 'next-intl/server';
import { requestContext } from '#app/_web/request-context.ts';
import { countWaiting } from '#domain/invoicing/count-waiting.ts';
import { type InvoiceSummary, listInvoices } from '#domain/invoicing/list-invoices.ts';
import { findWithdrawal, type WithdrawalView } from '#domain/withdrawals/get-withdrawal.ts';
import { formatMoney } from '#ui/format-money.ts';
import { Icon } from '#ui/Icon.tsx';
import { formatDay, formatInstant } from './format-instant.ts';

interface OrderRightsProps {
  /** Of the order's address. */
  secret: string;
  locale: string;
}

/** The way out of the contract, as long as it is open and beyond, and the invoices. Nothing where neither exists. */
export async function OrderRights({ secret, locale }: OrderRightsProps) {
  const ctx = await requestContext(locale);
  const [t, withdrawal, { invoices }, waiting] = await Promise.all([
    getTranslations('invoices.withdrawal.section'),
    findWithdrawal(ctx, { secret }),
    listInvoices(ctx, { of: { kind: 'order', secret } }),
    countWaiting(ctx, { of: { kind: 'order', secret } }),
  ]);
  if (!withdrawal && invoices.length === 0 && waiting === 0) return null;
  return (
    <section className="panel stack small">
      <h2>{t('title')}</h2>
      {withdrawal ? <Right withdrawal={withdrawal} secret={secret} locale={locale} /> : null}
      {invoices.length > 0 ? <InvoiceLinks invoices={invoices} locale={locale} /> : null}
      {waiting > 0 ? <p className="muted">{t('invoiceWaits')}</p> : null}
    </section>
  );
}

async function Right({ withdrawal, secret, locale }: OrderRightsProps & { withdrawal: WithdrawalView }) {
  const t = await getTranslations('invoices.withdrawal.section');
  const { refundableCents, currency, endsAt, periodOver, statements, lines } = withdrawal;
  const [stated] = statements;
  const open = refundableCents > 0;
  const ended = lines.some((line) => line.right === 'ended' && line.endedBy === 'waived-and-available');
  return (
    <>
      {stated ? <p>{t('stated', { instant: formatInstant(stated.at, locale) })}</p> : null}
      {open ? <p>{t('stands', { amount: formatMoney(refundableCents, currency, locale) })}</p> : null}
      {open && periodOver ? <p>{t('preSale')}</p> : null}
      {open && !periodOver ? <p>{t('until', { last: formatDay(lastDay(endsAt), locale) })}</p> : null}
      {ended ? <p>{t('ended')}</p> : null}
      <p>
        <a className="button" href={`/${locale}/orders/${secret}/withdrawal`}>
          {t('button')}
        </a>
      </p>
    </>
  );
}

/** The period ends with the last instant of its last day. */
function lastDay(endsAt: Date): Date {
  return new Date(endsAt.getTime() - 1);
}

async function InvoiceLinks({ invoices, locale }: { invoices: InvoiceSummary[]; locale: string }) {
  const t = await getTranslations('invoices.withdrawal.section');
  return (
    <>
      <h3>{t('invoices')}</h3>
      <ul>
        {invoices.map(({ invoiceId, url, kind, number, totalCents, currency, issuerName }) => {
          const amount = formatMoney(totalCents, currency, locale);
          return (
            <li key={invoiceId}>
              <a className="act" href={url}>
                <Icon name="download" />
                {t(kind === 'invoice' ? 'invoice' : 'creditNote', { number, amount })}
              </a>{' '}
              <span className="muted">{t('by', { name: issuerName })}</span>
            </li>
          );
        })}
      </ul>
    </>
  );
}
