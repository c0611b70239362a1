import { getTranslations } from 'next-intl/server';
import { ClientMessages } from '#app/_web/client-messages.tsx';
import type { PromoCodeView } from '#domain/pricing/list-promo-codes.ts';
import { formatMoney } from '#ui/format-money.ts';
import { formatMoment } from '#ui/format-time.ts';
import { EndPromo } from './end-promo.client.tsx';

interface PromoListProps {
  codes: PromoCodeView[];
  /** Names of the organisation's events by id. */
  eventNames: Map<string, string>;
  timeZone: string;
  locale: string;
}

const CHIP = { running: 'good', 'not-yet': undefined, 'used-up': 'warn', over: undefined } as const;

/** Promo codes with what they take off, for what, how often they were used, and the way to end them. */
export async function PromoList({ codes, eventNames, timeZone, locale }: PromoListProps) {
  const t = await getTranslations('prices.promo');
  if (codes.length === 0) return <p className="muted">{t('emptyText')}</p>;
  const heads = ['code', 'off', 'scope', 'time', 'uses', 'state'] as const;
  return (
    <div className="table-box">
      <table className="table" data-cards="">
        <thead>
          <tr>
            {heads.map((head) => (
              <th scope="col" key={head}>
                {t(head)}
              </th>
            ))}
            <td />
          </tr>
        </thead>
        <tbody>
          {codes.map((code) => (
            <tr key={code.promoCodeId}>
              <th scope="row" data-label={t('code')}>
                {code.code}
              </th>
              <td data-label={t('off')}>{offOf(code)}</td>
              <td data-label={t('scope')}>
                {code.eventId === null ? t('allEvents') : (eventNames.get(code.eventId) ?? t('oneEvent'))}
              </td>
              <td data-label={t('time')}>{timeOf(code)}</td>
              <td data-label={t('uses')}>
                {code.maxUses === null ? code.uses : t('usesOf', { uses: code.uses, most: code.maxUses })}
                {code.maxUsesPerBuyer === null ? null : (
                  <small>{t('perBuyer', { count: code.maxUsesPerBuyer })}</small>
                )}
              </td>
              <td data-label={t('state')}>
                <span className="chip" data-state={CHIP[code.state]}>
                  {t(`is.${code.state}`)}
                </span>
              </td>
              <td>
                {code.state === 'over' ? null : (
                  <ClientMessages namespaces={[]}>
                    <EndPromo
                      promoCodeId={code.promoCodeId}
                      words={{
                        end: t('end'),
                        endCode: t('endCode', { code: code.code }),
                        pending: t('pending'),
                      }}
                    />
                  </ClientMessages>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );

  function offOf({ off, currency, minTotalCents }: PromoCodeView) {
    const said =
      off.kind === 'percent'
        ? t('saysPercent', { percent: off.percent })
        : t('saysAmount', { price: formatMoney(off.cents, currency, locale) });
    return (
      <>
        {said}
        {minTotalCents > 0 ? (
          <small>{t('from', { price: formatMoney(minTotalCents, currency, locale) })}</small>
        ) : null}
      </>
    );
  }

  function timeOf({ startsAt, endsAt }: PromoCodeView): string {
    const say = (instant: Date) => formatMoment(instant, { locale, timeZone });
    if (startsAt && endsAt) return t('between', { from: say(startsAt), until: say(endsAt) });
    if (startsAt) return t('since', { from: say(startsAt) });
    return endsAt ? t('until', { until: say(endsAt) }) : t('always');
  }
}
