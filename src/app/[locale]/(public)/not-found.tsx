import { getLocale, getTranslations } from 'next-intl/server';
import { EmptyState } from '#ui/EmptyState.tsx';

/** Inside the public frame: the header leads on. */
export default async function PublicNotFound() {
  const [locale, t] = await Promise.all([getLocale(), getTranslations('common')]);
  return (
    <EmptyState
      title={t('notFound.title')}
      heading="h1"
      actions={
        <a className="button" data-kind="primary" href={`/${locale}`}>
          {t('notFound.home')}
        </a>
      }
    >
      {t('notFound.text')}
    </EmptyState>
  );
}
