import { getTranslations } from 'next-intl/server';
import { Skeleton } from '#ui/Skeleton.tsx';

/** Of the list alone: see docs/decisions/002 for the pages under it. */
export default async function EventsLoading() {
  const t = await getTranslations('common');
  return (
    <div className="lead wrap" data-small="">
      <Skeleton label={t('loading')} lines={6} />
    </div>
  );
}
