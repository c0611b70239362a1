import { getTranslations } from 'next-intl/server';
import type { CSSProperties } from 'react';
import { ClientMessages } from '#app/_web/client-messages.tsx';
import type { Context } from '#context.ts';
import type { EventDetails } from '#domain/events/get-own-event.ts';
import { BENEFICIARIES, type Beneficiary, splitPrice } from '#domain/payouts/split-price.ts';
import { findShareTerms } from '#domain/pricing/find-share-terms.ts';
import { getShares, type Shares } from '#domain/pricing/get-shares.ts';
import { formatMoney } from '#ui/format-money.ts';
import { printBps } from './share-percent.ts';
import { SharesForm } from './shares-form.client.tsx';

interface SharesSectionProps {
  ctx: Context;
  event: EventDetails;
  locale: string;
}

const EXAMPLE_CENTS = 1_000;

/** Who has which part of the event's sales, on a photo of ten euros; and the form that changes it from the next order on. */
export async function SharesSection({ ctx, event, locale }: SharesSectionProps) {
  const [shares, found, t] = await Promise.all([
    getShares(ctx, { eventId: event.id }),
    findShareTerms(ctx, [event.id]),
    getTranslations('prices.shares'),
  ]);
  const terms = found.get(event.id);
  if (!terms) throw new Error(`event ${event.id} has no share terms`);
  const parts = splitPrice(EXAMPLE_CENTS, terms);
  const shown = BENEFICIARIES.map((name) => ({ name, cents: parts.get(name) ?? 0 })).filter(
    ({ cents }) => cents > 0,
  );
  const money = (cents: number) => formatMoney(cents, event.currency, locale);
  return (
    <section className="panel stack sales-part" aria-labelledby="shares">
      <header>
        <h2 id="shares">{t('title')}</h2>
      </header>
      <p className="muted small">{t('lead')}</p>
      <div className="shares">
        <table className="table">
          <caption>{t('example', { price: money(EXAMPLE_CENTS) })}</caption>
          <tbody>
            {shown.map(({ name, cents }) => (
              <tr key={name}>
                <th scope="row">
                  <i className="share-key" data-who={name} />
                  {nameOf(name, shares)}
                </th>
                <td className="n">{t('percentOf', { percent: printBps(cents * 10, locale) })}</td>
                <td className="n">{money(cents)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <div className="share-bar" aria-hidden="true">
          {shown.map(({ name, cents }) => (
            <i key={name} data-who={name} style={{ '--part': cents } as CSSProperties} />
          ))}
        </div>
        <p className="small">{t(`fee.${ctx.config.providerFeeBorneBy}`)}</p>
      </div>
      <details className="fold">
        <summary>{t('change')}</summary>
        <ClientMessages namespaces={['prices']}>
          <SharesForm
            eventId={event.id}
            organiserName={shares.organiserName}
            draft={{
              organiser: printBps(shares.organiserBps, locale),
              charity: printBps(shares.charityBps, locale),
              charityName: shares.charityName ?? '',
            }}
          />
        </ClientMessages>
      </details>
    </section>
  );

  function nameOf(name: Beneficiary, { organiserName, charityName }: Shares): string {
    if (name === 'organiser') return t('organiser', { name: organiserName ?? '' });
    return name === 'charity' ? t('charity', { name: charityName ?? '' }) : t(name);
  }
}
