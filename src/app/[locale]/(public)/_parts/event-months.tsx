import type { PublicEventSummary } from '#domain/events/list-public-events.ts';
import { formatMonth } from '#ui/format-time.ts';
import { EventCard } from './event-card.tsx';

/** Events in their order, under the month they are run in. */
export function EventMonths({ events, locale }: { events: PublicEventSummary[]; locale: string }) {
  const first = events[0];
  return (
    <div className="months wrap">
      {groupByMonth(events, locale).map(([month, some]) => (
        <section className="month" key={month}>
          <h2>{month}</h2>
          <ul className="cards">
            {some.map((event) => (
              <EventCard key={event.id} event={event} locale={locale} eager={event === first} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function groupByMonth(events: PublicEventSummary[], locale: string): [string, PublicEventSummary[]][] {
  const months = new Map<string, PublicEventSummary[]>();
  for (const event of events) {
    const month = formatMonth(event.startsAt, { locale, timeZone: event.timeZone });
    months.set(month, [...(months.get(month) ?? []), event]);
  }
  return [...months];
}
