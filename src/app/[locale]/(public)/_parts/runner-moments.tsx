import { getTranslations } from 'next-intl/server';
import type { PublicEvent } from '#domain/events/get-public-event.ts';
import { localTimeOf } from '#domain/events/local-time.ts';
import type { RunnerMoment } from '#domain/matching/list-runner-moments.ts';
import { formatClock } from '#ui/format-time.ts';
import { placeName } from './place-name.ts';

interface RunnerMomentsProps {
  event: PublicEvent;
  bib: string;
  moments: RunnerMoment[];
  locale: string;
}

/** Where the runner's other photos may be: at the places and times that timing expects. */
export async function RunnerMoments({ event, bib, moments, locale }: RunnerMomentsProps) {
  const t = await getTranslations('found');
  return (
    <ul className="moments">
      {moments.map((moment) => (
        <li key={`${moment.placeId} ${moment.expectedAt.getTime()}`}>
          <a className="button" href={momentAddress(event, bib, moment, locale)}>
            {t('moment', {
              time: formatClock(moment.expectedAt, { locale, timeZone: event.timeZone }),
              place: placeName(moment, locale),
            })}
          </a>
        </li>
      ))}
    </ul>
  );
}

function momentAddress(event: PublicEvent, bib: string, moment: RunnerMoment, locale: string): string {
  const local = localTimeOf(moment.expectedAt, event.timeZone);
  const query = { bib, at: local.slice(11, 16), day: local.slice(0, 10), place: moment.placeId };
  return `/${locale}/events/${event.slug}/found?${new URLSearchParams(query)}`;
}
