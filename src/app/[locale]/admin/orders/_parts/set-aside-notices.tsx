import { getFormatter, getTranslations } from 'next-intl/server';
import type { listSetAsideEvents } from '#domain/orders/list-orders.ts';
import { formatMoney } from '#ui/format-money.ts';

interface SetAsideNoticesProps {
  notices: Awaited<ReturnType<typeof listSetAsideEvents>>;
  locale: string;
}

/** What the payment provider said and we did not count. Nothing when there is none. */
export async function SetAsideNotices({ notices, locale }: SetAsideNoticesProps) {
  if (notices.length === 0) return null;
  const [t, format] = await Promise.all([getTranslations('admin.orders'), getFormatter()]);
  return (
    <section className="panel" aria-labelledby="aside">
      <header>
        <h2 id="aside">{t('asideTitle')}</h2>
      </header>
      <p className="small muted">{t('asideText')}</p>
      <ul className="cards">
        {notices.map((notice) => (
          <li key={notice.id}>
            <span className="chip" data-state="warn">
              {t(`aside.${notice.outcome}`)}
            </span>
            <b>{t(`notice.${notice.kind}`)}</b>
            <span className="num">{formatMoney(notice.amountCents, notice.currency, locale)}</span>
            <code className="small">{notice.intentId}</code>
            <span className="small muted num">
              {format.dateTime(notice.receivedAt, {
                dateStyle: 'medium',
                timeStyle: 'medium',
                timeZone: 'UTC',
              })}{' '}
              UTC
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
