import { getTranslations } from 'next-intl/server';
import type { PublicEvent } from '#domain/events/get-public-event.ts';
import { Bib } from '#ui/Bib.tsx';
import { formatMoney } from '#ui/format-money.ts';
import { formatClock } from '#ui/format-time.ts';

interface EventFactsProps {
  event: PublicEvent;
  photoCount: number;
  locale: string;
}

/** How many photos, what they cost, and the races. */
export async function EventFacts({ event, photoCount, locale }: EventFactsProps) {
  const t = await getTranslations('public');
  const money = (cents: number) => formatMoney(cents, event.currency, locale);
  return (
    <div className="find-facts">
      <dl className="event-figures">
        <Figure label={t('event.photos')} value={new Intl.NumberFormat(locale).format(photoCount)} />
        <Figure label={t('event.photoPrice')} value={money(event.photoPriceCents)} />
        <Figure label={t('event.allPhotosPrice')} value={money(event.allPhotosPriceCents)} />
      </dl>
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
