'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ConfirmImport, ImportStatus } from '../_parts/import-steps.client.tsx';
import { useImport } from '../_parts/use-import.client.ts';
import { importPassagesAction, type PassagesAnswer, previewPassagesAction } from './actions.ts';
import { PassagesChange } from './passages-change.client.tsx';

interface PanelProps {
  eventId: string;
  timeZone: string;
}

/** Choose a file, look at what it would do, then bring it in. */
export function PassagesPanel({ eventId, timeZone }: PanelProps) {
  const t = useTranslations('pro.timing');
  const [file, setFile] = useState<File | null>(null);
  const { answer, forget, pending, send, ...removal } = useImport<PassagesAnswer>(eventId, t('failed'));
  return (
    <section className="panel stack" aria-labelledby="passages" aria-busy={pending}>
      <h2 id="passages">{t('title')}</h2>
      <div className="field">
        <label htmlFor="timing-file">{t('file')}</label>
        <input
          id="timing-file"
          className="input"
          type="file"
          accept=".clax,.xml,.csv,.txt,.json,.xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet,text/csv,text/plain,text/xml,application/json"
          aria-describedby="timing-help"
          onChange={(change) => {
            const chosen = change.target.files?.[0] ?? null;
            setFile(chosen);
            forget();
            if (chosen) send(previewPassagesAction, { file: chosen });
          }}
        />
        <p className="help" id="timing-help">
          {t('help')}
        </p>
      </div>
      <ImportStatus
        pending={pending}
        reading={t('reading')}
        answer={answer}
        imported={answer?.state === 'imported' ? t('imported', countsOf(answer)) : null}
      />
      {answer?.state === 'preview' && file ? (
        <>
          <PassagesChange preview={answer.preview} issues={answer.issues} timeZone={timeZone} />
          <ConfirmImport
            {...removal}
            pending={pending}
            label={t('confirm', { count: answer.preview.added + answer.preview.changed })}
            missing={answer.preview.missing}
            removeLabel={t('removeMissing', { count: answer.preview.missing })}
            confirm={() => send(importPassagesAction, { file })}
          />
        </>
      ) : null}
    </section>
  );
}

function countsOf({
  state: _state,
  ...counts
}: Extract<PassagesAnswer, { state: 'imported' }>): Record<string, number> {
  return counts;
}
