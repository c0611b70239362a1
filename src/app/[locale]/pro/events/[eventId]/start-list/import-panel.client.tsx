'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { StartListField } from '#domain/timing/start-list.ts';
import { ConfirmImport, ImportStatus } from '../_parts/import-steps.client.tsx';
import { useImport } from '../_parts/use-import.client.ts';
import {
  type ImportAnswer,
  importStartListAction,
  type PreviewAnswer,
  previewStartListAction,
} from './actions.ts';
import { ColumnChoices } from './column-choices.client.tsx';
import { ImportDiff } from './import-diff.client.tsx';

type Mapping = (StartListField | null)[];

/** Choose a file, look at what it would do, correct the columns, then bring it in. The file stays in the browser
 *  between the steps. */
export function ImportPanel({ eventId }: { eventId: string }) {
  const t = useTranslations('pro.import');
  const [file, setFile] = useState<File | null>(null);
  const [profile, setProfile] = useState('');
  const { answer, forget, pending, send, ...removal } = useImport<PreviewAnswer | ImportAnswer>(
    eventId,
    t('failed'),
  );
  const fieldsOf = (chosen: File, tool: string, mapping?: Mapping) => ({
    file: chosen,
    profile: tool,
    mapping: mapping?.map((field) => field ?? '').join(','),
  });
  const preview = (chosen: File, tool: string, mapping?: Mapping) =>
    send(previewStartListAction, fieldsOf(chosen, tool, mapping));
  return (
    <section className="panel stack" aria-labelledby="import" aria-busy={pending}>
      <h2 id="import">{t('title')}</h2>
      <div className="fields">
        <div className="field">
          <label htmlFor="list-file">{t('file')}</label>
          <input
            id="list-file"
            className="input"
            type="file"
            accept=".csv,.txt,.tsv,.xlsx,text/csv,text/plain,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            aria-describedby="list-help"
            onChange={(change) => {
              const chosen = change.target.files?.[0] ?? null;
              setFile(chosen);
              forget();
              if (chosen) preview(chosen, profile);
            }}
          />
        </div>
        <div className="field">
          <label htmlFor="list-profile">{t('profile')}</label>
          <select
            id="list-profile"
            className="input"
            value={profile}
            onChange={(change) => {
              setProfile(change.target.value);
              if (file) preview(file, change.target.value);
            }}
          >
            <option value="">{t('profiles.any')}</option>
            <option value="kms">{t('profiles.kms')}</option>
          </select>
        </div>
      </div>
      <p className="muted small" id="list-help">
        {t('help')}
      </p>
      <ImportStatus
        pending={pending}
        reading={t('reading')}
        answer={answer}
        imported={answer?.state === 'imported' ? t('imported', countsOf(answer)) : null}
      />
      {answer?.state === 'preview' && file ? (
        <>
          <ColumnChoices
            preview={answer.preview}
            disabled={pending}
            choose={(mapping) => preview(file, profile, mapping)}
          />
          <ImportDiff preview={answer.preview} issues={answer.issues} />
          <ConfirmImport
            {...removal}
            pending={pending}
            disabled={!answer.preview.mapping.includes('bib')}
            label={t('confirm', { count: answer.preview.added + answer.preview.changed })}
            missing={answer.preview.missing}
            removeLabel={t('removeMissing', { count: answer.preview.missing })}
            confirm={() => send(importStartListAction, fieldsOf(file, profile, answer.preview.mapping))}
          />
        </>
      ) : null}
    </section>
  );
}

function countsOf({
  state: _state,
  ...counts
}: Extract<ImportAnswer, { state: 'imported' }>): Record<string, number> {
  return counts;
}
