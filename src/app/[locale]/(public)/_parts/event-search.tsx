import { getTranslations } from 'next-intl/server';
import { Icon } from '#ui/Icon.tsx';

/** Finds an event by name or place; works without script. */
export async function EventSearch({ locale, value }: { locale: string; value?: string }) {
  const t = await getTranslations('public');
  return (
    <search>
      <form className="search" action={`/${locale}/events`}>
        <label className="sr-only" htmlFor="event-search">
          {t('events.searchLabel')}
        </label>
        <input
          id="event-search"
          className="input"
          name="q"
          type="search"
          maxLength={80}
          defaultValue={value}
          placeholder={t('events.searchPlaceholder')}
          enterKeyHint="search"
        />
        <button type="submit" className="button" data-kind="primary">
          <Icon name="search" />
          {t('events.searchSubmit')}
        </button>
      </form>
    </search>
  );
}
