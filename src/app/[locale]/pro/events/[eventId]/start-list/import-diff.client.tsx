'use client';

import { useTranslations } from 'next-intl';
import type { StartListPreview } from '#domain/timing/preview-start-list.ts';
import { Notice } from '#ui/Notice.tsx';
import { type IssueLine, IssueList } from '../_parts/issue-list.tsx';

interface ImportDiffProps {
  preview: Omit<StartListPreview, 'issues'>;
  issues: IssueLine[];
}

/** What the import would do to the list, and the rows it cannot take. */
export function ImportDiff({ preview, issues }: ImportDiffProps) {
  const t = useTranslations('pro.import');
  const { examples } = preview;
  const parts = [
    { word: 'added', count: preview.added, lines: examples.added.map(({ bib, name }) => `${bib}  ${name}`) },
    {
      word: 'changed',
      count: preview.changed,
      lines: examples.changed.map(({ bib, before, after, consents }) =>
        [
          before === after ? `${bib}  ${after}` : `${bib}  ${before} → ${after}`,
          ...consents.map(({ consent, now }) => t(`consents.${consent}.${now ?? 'unknown'}`)),
        ].join(', '),
      ),
    },
    {
      word: 'swapped',
      count: preview.swapped,
      lines: examples.swapped.map(({ name, from, to }) => `${name}  ${from} → ${to}`),
    },
    {
      word: 'displaced',
      count: preview.displaced,
      lines: examples.displaced.map(({ bib, name }) => `${bib}  ${name}`),
    },
    {
      word: 'missing',
      count: preview.missing,
      lines: examples.missing.map(({ bib, name }) => `${bib}  ${name}`),
    },
  ].filter(({ count }) => count > 0);
  return (
    <div className="stack">
      <h3>{t('what')}</h3>
      <p className="muted small">
        {t('read', { rows: preview.rowCount, encoding: preview.encoding, unchanged: preview.unchanged })}
      </p>
      {preview.newRaces.length > 0 ? (
        <Notice>{t('newRaces', { names: preview.newRaces.join(', ') })}</Notice>
      ) : null}
      {preview.refusals > 0 ? <Notice>{t('refusals', { count: preview.refusals })}</Notice> : null}
      <div className="diff">
        {parts.map(({ word, count, lines }) => (
          <div key={word}>
            <p className="label">{t(`diff.${word}`, { count })}</p>
            <ul>
              {lines.map((line) => (
                <li key={line}>{line}</li>
              ))}
              {count > lines.length ? (
                <li className="muted">{t('andMore', { count: count - lines.length })}</li>
              ) : null}
            </ul>
          </div>
        ))}
      </div>
      <IssueList issues={issues} errorCount={preview.errorCount} warningCount={preview.warningCount} />
    </div>
  );
}
