import { getTranslations } from 'next-intl/server';
import type { PublicEvent } from '#domain/events/get-public-event.ts';
import { Bib } from '#ui/Bib.tsx';
import { formatMoney } from '#ui/format-money.ts';
import { formatClock } from '#ui/format-time.ts';
import { OfferLines } from './offer-lines.tsx';
import { hasMorePrices, type Sale } from './sale.ts';

interface EventFactsProps {
  event: PublicEvent;
  sale: Sale;
  photoCount: number;
  locale: string;
}

/** How many photos, what they cost, and the races. */
export async function EventFacts({ event, sale, photoCount, locale }: EventFactsProps) {
  const t = await getTranslations('public');
  const money = (cents: number) => formatMoney(cents, sale.currency, locale);
  const [first] = sale.sizes;
  return (
    <div className="find-facts">
      <dl className="event-figures">
        <Figure label={t('event.photos')} value={new Intl.NumberFormat(locale).format(photoCount)} />
        {first ? <Figure label={t('event.photoPrice')} value={money(first.cents)} /> : null}
        {first && sale.allPhotos.fullCents > 0 ? (
          <Figure label={t('event.allPhotosPrice')} value={money(sale.allPhotos.cents)} />
        ) : null}
      </dl>
      {first ? null : <p>{t('offer.offTitle')}</p>}
      {sale.selling === 'sponsored' ? (
        <p>{t('offer.sponsoredTitle', { sponsor: sale.sponsorName ?? '' })}</p>
      ) : null}
      {hasMorePrices(sale) ? (
        <details className="fold">
          <summary>{t('offer.allPrices')}</summary>
          <OfferLines sale={sale} timeZone={event.timeZone} locale={locale} />
        </details>
      ) : null}
      {sale.wholeEvent ? (
        <p>
          <a className="act" href={`/${locale}/events/${event.slug}/whole-event`} rel="nofollow">
            {t('wholeEvent.link', { price: money(sale.wholeEvent.cents) })}
          </a>
        </p>
      ) : null}
      {event.races.length > 0 ? (
        <ul className="races">
          {event.races.map((race) => (
            <li key={race.id}>
              <a href={`/${locale}/events/${event.slug}/gallery?race=${race.id}`}>
                <Bib bib={shortDistance(race.distanceMeters, locale) ?? race.name} colour={race.colour} />
                <span>
                  {race.distanceMeters ? race.name : null}
                  {race.startsAt ? (
                    <small>
                      {t('event.start', {
                        time: formatClock(race.startsAt, { locale, timeZone: event.timeZone }),
                      })}
                    </small>
                  ) : null}
                </span>
              </a>
            </li>
          ))}
        </ul>
      ) : null}
      {event.description ? <p className="story">{event.description}</p> : null}
    </div>
  );
}

function Figure({ label, value }: { label: string; value: string }) {
  return (
    <div className="figure">
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** "42 km", "800 m"; null when the distance is not known. */
function shortDistance(meters: number | null, locale: string): string | null {
  if (!meters) return null;
  if (meters < 1000) return `${meters} m`;
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(meters / 1000)} km`;
}
