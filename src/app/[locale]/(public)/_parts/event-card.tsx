import type { PublicEventSummary } from '#domain/events/list-public-events.ts';
import { renditionUrl } from '#domain/photos/photo.ts';
import { Bib, BlankBib } from '#ui/Bib.tsx';
import { formatDay } from '#ui/format-time.ts';
import { RenditionImage } from '#ui/RenditionImage.tsx';

/** One event of the list: its cover, the day on a bib, name and place. */
export function EventCard({
  event,
  locale,
  eager,
}: {
  event: PublicEventSummary;
  locale: string;
  eager: boolean;
}) {
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', timeZone: event.timeZone });
  return (
    <li className="card">
      <div className="card-cover">
        {event.coverPhotoId ? (
          <RenditionImage
            src={renditionUrl(event.coverPhotoId, 'preview')}
            width={600}
            height={400}
            alt=""
            loading={eager ? 'eager' : 'lazy'}
            fetchPriority={eager ? 'high' : undefined}
            decoding="async"
            draggable={false}
          />
        ) : (
          <BlankBib />
        )}
      </div>
      <span className="card-day" aria-hidden="true">
        <Bib bib={day.formatToParts(event.startsAt).find((part) => part.type === 'day')?.value ?? ''} />
      </span>
      <div>
        <h3>
          <a href={`/${locale}/events/${event.slug}`}>{event.name}</a>
        </h3>
        <p>
          {formatDay(event.startsAt, { locale, timeZone: event.timeZone })}
          <br />
          {event.place}
        </p>
      </div>
    </li>
  );
}
