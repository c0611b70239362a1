import { useTranslations } from 'next-intl';
import { EmptyState } from '#ui/EmptyState.tsx';
import { Notice } from '#ui/Notice.tsx';
import { Skeleton } from '#ui/Skeleton.tsx';
import type { TriageView } from './triage-view.client.ts';

/** Where no photo is in hand: before the first, after the last, or when none could be fetched. */
export function TriageEnd({ view, onAgain }: { view: TriageView; onAgain: () => void }) {
  const t = useTranslations('triage');
  if (view.state === 'loading') return <Skeleton label={t('loading')} lines={8} />;
  const again = (
    <button type="button" className="button" data-kind="primary" onClick={onAgain}>
      {t(view.skipped > 0 ? 'backToSkipped' : 'again')}
    </button>
  );
  if (view.state === 'failed') {
    return (
      <div className="stack">
        <Notice state="bad" live>
          {view.failure ?? t('failed')}
        </Notice>
        <p>{again}</p>
      </div>
    );
  }
  if (view.skipped > 0) {
    return (
      <EmptyState title={t('endSkipped', { count: view.skipped })} actions={again}>
        {t('endSkippedText')}
      </EmptyState>
    );
  }
  if (view.left > 0) {
    return (
      <EmptyState title={t('endHeld')} actions={again}>
        {t('endHeldText', { count: view.left })}
      </EmptyState>
    );
  }
  return (
    <EmptyState title={t('end')} actions={again}>
      {t('endText')}
    </EmptyState>
  );
}
