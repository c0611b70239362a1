import { getTranslations } from 'next-intl/server';
import type { PlatformBooks } from '#domain/payouts/get-platform-books.ts';
import { formatMoney } from '#ui/format-money.ts';
import { Notice } from '#ui/Notice.tsx';

/** The sums of the ledger, and whether they come to nothing as they must. */
export async function BooksPanel({ books, locale }: { books: PlatformBooks[]; locale: string }) {
  const t = await getTranslations('payouts.admin');
  const wrong = books.filter(({ sumCents }) => sumCents !== 0);
  const amounts = wrong.map(({ sumCents, currency }) => formatMoney(sumCents, currency, locale)).join(', ');
  return (
    <>
      {wrong.length === 0 ? (
        <Notice state="good">{t('balanced')}</Notice>
      ) : (
        <Notice state="bad">{t('unbalanced', { amounts })}</Notice>
      )}
      {books.flatMap((one) =>
        [earned(one), held(one)].map((figures) => (
          <dl key={`${one.currency}/${figures[0]?.[0]}`} className="kpis">
            {figures.map(([name, cents]) => (
              <div key={name} className="figure">
                <dt>{t(name)}</dt>
                <dd>{formatMoney(cents, one.currency, locale)}</dd>
              </div>
            ))}
          </dl>
        )),
      )}
    </>
  );
}

function earned(one: PlatformBooks) {
  return [
    ['fees', one.feesCents],
    ['credits', one.creditsCents],
    ['providerFees', one.providerFeesCents],
    ['net', one.feesCents + one.creditsCents - one.providerFeesCents],
    ['paidOut', one.paidOutCents],
  ] as const;
}

function held(one: PlatformBooks) {
  return [
    ['held', one.heldCents],
    ['debts', one.debtCents],
    ['charity', one.charityCents],
    ['provider', one.providerCents],
    ['sum', one.sumCents],
  ] as const;
}
