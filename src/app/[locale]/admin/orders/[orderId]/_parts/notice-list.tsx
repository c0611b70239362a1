import { getTranslations } from 'next-intl/server';
import { utcInstants } from '#app/_web/utc-instant.ts';
import type { SoldOrder } from '#domain/orders/get-sold-order.ts';
import { formatMoney } from '#ui/format-money.ts';

/** What the payment provider said of the order, oldest first. */
export async function NoticeList({ notices, locale }: { notices: SoldOrder['notices']; locale: string }) {
  const [t, words, instant] = await Promise.all([
    getTranslations('payments.order'),
    getTranslations('admin.orders'),
    utcInstants('medium'),
  ]);
  return (
    <section className="stack" aria-labelledby="notices">
      <h2 id="notices">{t('notices')}</h2>
      {notices.length === 0 ? <p className="muted">{t('noNotices')}</p> : null}
      <ul className="cards">
        {notices.map((notice) => (
          <li key={notice.id}>
            <b>{words(`notice.${notice.kind}`)}</b>
            {notice.outcome === 'counted' ? null : (
              <span className="chip" data-state="warn">
                {words(`aside.${notice.outcome}`)}
              </span>
            )}
            <span className="num">{formatMoney(notice.amountCents, notice.currency, locale)}</span>
            <code className="small">{notice.subjectId ?? notice.intentId}</code>
            <span className="small muted num">{instant(notice.occurredAt)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
