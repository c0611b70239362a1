import { getTranslations } from 'next-intl/server';
import { ClientMessages } from '#app/_web/client-messages.tsx';
import { errorWords } from '#app/_web/form-state.ts';
import type { Context } from '#context.ts';
import { listConnections } from '#domain/connections/list-connections.ts';
import { formatMoment } from '#ui/format-time.ts';
import { AddConnection } from './add-connection.client.tsx';
import { ConnectionItem } from './connection-item.client.tsx';

interface SectionProps {
  ctx: Context;
  event: { id: string; timeZone: string };
  /** What the page is about: start lists come from several kinds of source, passages from an address. */
  of: 'list' | 'passages';
}

/** Saved ways to fetch what this page is about, each with what it brought and what went wrong last. */
export async function ConnectionsSection({ ctx, event, of }: SectionProps) {
  const [all, t, say] = await Promise.all([
    listConnections(ctx, { eventId: event.id }),
    getTranslations('pro.connections'),
    errorWords(ctx.locale),
  ]);
  const shown = all.filter(({ kind }) => (kind === 'passages') === (of === 'passages'));
  const moment = (at: Date) => formatMoment(at, { locale: ctx.locale, timeZone: event.timeZone });
  return (
    <section className="panel stack" aria-labelledby="connections">
      <h2 id="connections">{t('title')}</h2>
      <p className="muted small">{t(`about.${of}`)}</p>
      <ClientMessages namespaces={['pro']}>
        {shown.length > 0 ? (
          <ul className="connections">
            {shown.map(({ lastFetchedAt, lastFailure, waiting, ...connection }) => (
              <ConnectionItem
                key={connection.id}
                eventId={event.id}
                timeZone={event.timeZone}
                connection={{
                  ...connection,
                  fetched: lastFetchedAt && moment(lastFetchedAt),
                  failure: lastFailure && say(lastFailure),
                  waiting: waiting && { ...waiting, fetchedAt: moment(waiting.fetchedAt) },
                }}
              />
            ))}
          </ul>
        ) : (
          <p className="muted">{t('none')}</p>
        )}
        <AddConnection key={all.length} eventId={event.id} of={of} />
      </ClientMessages>
    </section>
  );
}
