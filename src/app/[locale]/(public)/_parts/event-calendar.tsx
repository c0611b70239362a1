import { getTranslations } from 'next-intl/server';
import { publicContext } from '#app/_web/public-context.ts';
import { countEventDays, type EventDays } from '#domain/events/count-event-days.ts';
import { formatMonth } from '#ui/format-time.ts';
import { Icon } from '#ui/Icon.tsx';
import { type EventPeriod, instantOfPeriod, weeksOfMonth } from './event-period.ts';

/** The days with an event, a month at a time; months without any are skipped. Works without script. */
export async function EventCalendar({ locale, period }: { locale: string; period: EventPeriod }) {
  const ctx = await publicContext(locale);
  const shown = await countEventDays(ctx, { month: period.text.slice(0, 7) || null });
  if (!shown) return null;
  const t = await getTranslations('public');
  return (
    <details className="calendar" open={period.kind !== 'all'}>
      <summary>
        <Icon name="calendar" />
        {t('calendar.title')}
      </summary>
      <nav aria-label={t('calendar.title')}>
        <div className="calendar-head">
          <MonthLink locale={locale} month={shown.previous} icon="left" />
          <MonthLink locale={locale} month={shown.next} icon="right" />
        </div>
        <table>
          <caption>
            <a
              href={`/${locale}/events?month=${shown.month}`}
              aria-current={period.text === shown.month ? 'date' : undefined}
            >
              {monthName(shown.month, locale)}
            </a>
          </caption>
          <thead>
            <tr>
              {weekDays(locale).map(({ long, short }) => (
                <th key={long} scope="col" abbr={long}>
                  {short}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weeksOfMonth(shown.month).map((week) => (
              <tr key={week.find((day) => day !== null)}>
                {week.map((day, column) => (
                  <td key={day ?? `none-${column}`}>
                    {day && <Day day={day} days={shown.days} locale={locale} chosen={period.text === day} />}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </nav>
    </details>
  );
}

async function MonthLink({
  locale,
  month,
  icon,
}: {
  locale: string;
  month: string | null;
  icon: 'left' | 'right';
}) {
  if (!month) return <span />;
  const t = await getTranslations('public');
  const name = monthName(month, locale);
  return (
    <a
      className="button"
      data-kind="quiet"
      href={`/${locale}/events?month=${month}`}
      aria-label={t('calendar.month', { month: name })}
    >
      <Icon name={icon} />
    </a>
  );
}

async function Day({
  day,
  days,
  locale,
  chosen,
}: {
  day: string;
  days: EventDays['days'];
  locale: string;
  chosen: boolean;
}) {
  const number = Number(day.slice(8));
  const events = days.get(day);
  if (!events) return <span>{number}</span>;
  const t = await getTranslations('public');
  return (
    <a href={`/${locale}/events?day=${day}`} aria-current={chosen ? 'date' : undefined}>
      <time dateTime={day}>{number}</time>
      <span className="sr-only">{t('calendar.events', { count: events })}</span>
    </a>
  );
}

function monthName(month: string, locale: string): string {
  return formatMonth(instantOfPeriod(month), { locale, timeZone: 'UTC' });
}

/** Monday first: 1 January 2024 was one. */
function weekDays(locale: string) {
  return Array.from({ length: 7 }, (_, index) => {
    const day = new Date(Date.UTC(2024, 0, 1 + index));
    const name = (weekday: 'long' | 'narrow') =>
      new Intl.DateTimeFormat(locale === 'fr' ? 'fr-FR' : 'en-GB', { weekday, timeZone: 'UTC' }).format(day);
    return { long: name('long'), short: name('narrow') };
  });
}
