import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Icon } from '#ui/Icon.tsx';
import { shortDay } from '../../_parts/short-day.ts';
import { StatusChip } from '../../_parts/status-chip.tsx';
import { EventTabs } from './_parts/event-tabs.client.tsx';
import { loadOwnEvent } from './_parts/load-own-event.ts';
import { EVENT_TABS } from './_parts/tabs.ts';

interface EventLayoutProps {
  children: ReactNode;
  params: Promise<{ locale: string; eventId: string }>;
}

export default async function EventLayout({ children, params }: EventLayoutProps) {
  const { locale, eventId } = await params;
  const [{ event }, t] = await Promise.all([loadOwnEvent(locale, eventId), getTranslations('pro')]);
  const home = `/${locale}/pro/events/${event.id}`;
  const tabs = EVENT_TABS.map(({ path, word }) => ({ href: `${home}${path}`, label: t(`tabs.${word}`) }));
  return (
    <>
      <header className="desk-head">
        <div className="row">
          <h1>{event.name}</h1>
          <StatusChip status={event.status} />
          <span className="muted small">{shortDay(event.startsAt, locale, event.timeZone)}</span>
          {event.status === 'published' && event.accessCode !== null ? (
            <form action="/api/closed-events" method="post" className="end">
              <input type="hidden" name="locale" value={locale} />
              <input type="hidden" name="slug" value={event.slug} />
              <button type="submit" className="act">
                <Icon name="eye" />
                {t('event.publicPage')}
              </button>
            </form>
          ) : null}
          {event.status === 'published' && event.accessCode === null ? (
            <a className="act end" href={`/${locale}/events/${event.slug}`}>
              <Icon name="eye" />
              {t('event.publicPage')}
            </a>
          ) : null}
        </div>
        <EventTabs label={t('tabs.label')} home={home} tabs={tabs} />
      </header>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
    </>
  );
}
