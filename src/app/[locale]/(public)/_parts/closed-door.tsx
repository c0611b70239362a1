import { getTranslations } from 'next-intl/server';
import { Field } from '#ui/Field.tsx';
import { PageHeader } from '#ui/PageHeader.tsx';

interface ClosedDoorProps {
  event: { slug: string; name: string };
  /** What was wrong with the last try. */
  refused: 'wrong' | 'wait' | null;
  locale: string;
}

/** All that a closed event shows: its name, and where its code is typed. Works without script, and is the same for everybody. */
export async function ClosedDoor({ event, refused, locale }: ClosedDoorProps) {
  const t = await getTranslations('public');
  return (
    <div className="narrow stack">
      <PageHeader title={event.name}>{t('closed.title')}</PageHeader>
      <p>{t('closed.lead', { name: event.name })}</p>
      <form action="/api/closed-events" method="post" className="stack">
        <input type="hidden" name="locale" value={locale} />
        <input type="hidden" name="slug" value={event.slug} />
        <Field
          name="code"
          label={t('closed.code')}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={40}
          required
          error={refused ? t(`closed.${refused}`) : null}
        />
        <button type="submit" className="button" data-kind="primary">
          {t('closed.open')}
        </button>
      </form>
    </div>
  );
}
