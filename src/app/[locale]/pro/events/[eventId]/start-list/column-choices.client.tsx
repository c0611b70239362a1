'use client';

import { useTranslations } from 'next-intl';
import type { StartListPreview } from '#domain/timing/preview-start-list.ts';
import type { StartListField } from '#domain/timing/start-list.ts';

const FIELDS: readonly StartListField[] = [
  'bib',
  'lastName',
  'firstName',
  'fullName',
  'gender',
  'category',
  'club',
  'race',
  'birth',
  'photoConsent',
  'faceConsent',
  'photoOptOut',
];

interface ColumnChoicesProps {
  preview: Pick<StartListPreview, 'headings' | 'mapping' | 'sample'>;
  disabled: boolean;
  choose(mapping: (StartListField | null)[]): void;
}

/** What each column holds, with its first cells; a choice takes the meaning away from the column that had it. */
export function ColumnChoices({ preview, disabled, choose }: ColumnChoicesProps) {
  const t = useTranslations('pro.import');
  return (
    <div className="stack">
      <h3>{t('columns')}</h3>
      {preview.mapping.includes('bib') ? null : <p className="muted">{t('chooseBib')}</p>}
      <ol className="columns">
        {preview.headings.map((heading, column) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a column is its position.
          <li key={column} data-used={preview.mapping[column] ? '' : undefined}>
            <label htmlFor={`column-${column}`}>
              <b>{heading}</b>
            </label>
            <select
              id={`column-${column}`}
              className="input"
              disabled={disabled}
              value={preview.mapping[column] ?? ''}
              onChange={(change) => {
                const field = FIELDS.find((known) => known === change.target.value) ?? null;
                choose(
                  preview.headings.map((_, index) => {
                    if (index === column) return field;
                    const present = preview.mapping[index] ?? null;
                    return present === field ? null : present;
                  }),
                );
              }}
            >
              <option value="">{t('ignored')}</option>
              {FIELDS.map((field) => (
                <option key={field} value={field}>
                  {t(`fields.${field}`)}
                </option>
              ))}
            </select>
            {preview.sample.slice(0, 3).map((row) => (
              <span key={row.line} className="cell">
                {row.cells[column] || '–'}
              </span>
            ))}
          </li>
        ))}
      </ol>
    </div>
  );
}
