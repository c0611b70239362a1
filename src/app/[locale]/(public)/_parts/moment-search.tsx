import { getTranslations } from 'next-intl/server';
import type { Context } from '#context.ts';
import type { PublicEvent } from '#domain/events/get-public-event.ts';
import { Field } from '#ui/Field.tsx';
import { Icon } from '#ui/Icon.tsx';
import { loadBrowsing } from './load-browsing.ts';
import { type Query, readMoment } from './moment.ts';
import { MomentFields } from './moment-fields.tsx';

interface MomentSearchProps {
  ctx: Context;
  event: PublicEvent;
  /** What was asked before, to be changed. */
  query?: Query;
  words?: string;
  placeId?: string;
  locale: string;
}

/** A search by time and place, with or without a bib or a name; folded until it is wanted. */
export async function MomentSearch({ ctx, event, query, words, placeId, locale }: MomentSearchProps) {
  const [{ days, places }, t, found] = await Promise.all([
    loadBrowsing(ctx, event),
    getTranslations('public'),
    getTranslations('found'),
  ]);
  const moment = readMoment(query ?? {}, { days, timeZone: event.timeZone });
  return (
    <details className="by-name by-moment" open={query !== undefined}>
      <summary>
        <Icon name="clock" />
        {found('search.more')}
      </summary>
      <search>
        <form className="found-filter" action={`/${locale}/events/${event.slug}/search`}>
          <div className="fields">
            <Field
              id="moment-query"
              name="q"
              label={t('search.bibOrName')}
              defaultValue={words ?? ''}
              autoComplete="off"
              maxLength={80}
            />
            <MomentFields
              days={days}
              places={places}
              moment={moment}
              placeId={placeId ?? ''}
              locale={locale}
            />
          </div>
          <div className="row">
            <button type="submit" className="button">
              {t('search.submit')}
            </button>
          </div>
        </form>
      </search>
    </details>
  );
}
