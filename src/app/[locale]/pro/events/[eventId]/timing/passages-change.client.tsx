'use client';

import { useFormatter, useLocale, useTranslations } from 'next-intl';
import type { PassagesPreview } from '#domain/timing/preview-passages.ts';
import { formatClock } from '#ui/format-time.ts';
import { type IssueLine, IssueList } from '../_parts/issue-list.tsx';

interface PassagesChangeProps {
  preview: Omit<PassagesPreview, 'issues'>;
  issues: IssueLine[];
  timeZone: string;
}

/** What the import would do to the passages of each checkpoint. */
export function PassagesChange({ preview, issues, timeZone }: PassagesChangeProps) {
  const t = useTranslations('pro.timing');
  const locale = useLocale();
  const format = useFormatter();
  const place = { locale, timeZone };
  return (
    <div className="stack">
      <h3>{t('what')}</h3>
      <p className="muted small">
        {t('read', { format: t(`formats.${preview.format}`), runners: preview.runnerCount })}{' '}
        {t('change', {
          added: preview.added,
          changed: preview.changed,
          missing: preview.missing,
          unchanged: preview.unchanged,
        })}
      </p>
      <table className="table" data-cards="">
        <thead>
          <tr>
            <th scope="col">{t('checkpoint')}</th>
            <th scope="col">{t('count')}</th>
            <th scope="col">{t('first')}</th>
            <th scope="col">{t('last')}</th>
          </tr>
        </thead>
        <tbody>
          {preview.places.map(({ name, isNew, passages, first, last }) => (
            <tr key={name}>
              <th scope="row">
                {name} {isNew ? <span className="chip">{t('new')}</span> : null}
              </th>
              <td data-label={t('count')}>{format.number(passages)}</td>
              <td data-label={t('first')}>{formatClock(first, place)}</td>
              <td data-label={t('last')}>{formatClock(last, place)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {preview.unknown.length > 0 ? (
        <p className="muted small">{t('unknown', { names: preview.unknown.join(', ') })}</p>
      ) : null}
      <IssueList issues={issues} errorCount={preview.errorCount} warningCount={0} />
    </div>
  );
}
