import { getFormatter, getTranslations } from 'next-intl/server';
import type { RecognitionCost } from '#domain/ingest/get-recognition-cost.ts';
import { EmptyState } from '#ui/EmptyState.tsx';

/** What reading elsewhere has cost so far, in all and by event. */
export async function RecognitionCosts({ cost }: { cost: RecognitionCost }) {
  const t = await getTranslations('admin.settings');
  const format = await getFormatter();
  const dollars = (microDollars: number) =>
    format.number(microDollars / 1_000_000, { style: 'currency', currency: 'USD' });
  const said = ({ photos, calls, costMicroDollars }: Omit<RecognitionCost, 'events'>) =>
    t('costOf', { photos, calls, cost: dollars(costMicroDollars) });
  return (
    <section aria-labelledby="cost">
      <h2 id="cost">{t('cost')}</h2>
      <p className="small muted">{t('costAbout')}</p>
      {cost.calls === 0 ? (
        <EmptyState title={t('noCost')} heading="h3" />
      ) : (
        <ul className="cards">
          <li>
            <b>{t('costTotal')}</b>
            <span className="num">{said(cost)}</span>
          </li>
          {cost.events.map((event) => (
            <li key={event.eventId}>
              <b>{event.name}</b>
              <span className="num">{said(event)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
