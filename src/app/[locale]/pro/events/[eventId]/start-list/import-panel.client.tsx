'use client';

import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import type { StartListField } from '#domain/timing/start-list.ts';
import { Notice } from '#ui/Notice.tsx';
import {
  type ImportAnswer,
  importStartListAction,
  type PreviewAnswer,
  previewStartListAction,
} from './actions.ts';
import { ColumnChoices } from './column-choices.client.tsx';
import { ImportDiff } from './import-diff.client.tsx';

type Answer = PreviewAnswer | ImportAnswer;

/** Choose a file, look at what it would do, correct the columns, then bring it in. The file stays in the browser
 *  between the steps: nothing is kept before the last one. */
export function ImportPanel({ eventId }: { eventId: string }) {
  const t = useTranslations('pro.import');
  const locale = useLocale();
  const router = useRouter();
  const [file, setFile] = useState<File | null>(null);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [removeMissing, setRemoveMissing] = useState(false);
  const [pending, start] = useTransition();
  const formFor = (chosen: File, mapping?: (StartListField | null)[]) => {
    const form = new FormData();
    form.set('locale', locale);
    form.set('eventId', eventId);
    form.set('file', chosen);
    if (mapping) form.set('mapping', mapping.map((field) => field ?? '').join(','));
    if (removeMissing) form.set('removeMissing', 'on');
    return form;
  };
  const preview = (chosen: File, mapping?: (StartListField | null)[]) =>
    start(async () =>
      setAnswer(await previewStartListAction(formFor(chosen, mapping)).catch(() => failed(t('failed')))),
    );
  const bring = (chosen: File, mapping: (StartListField | null)[]) =>
    start(async () => {
      setAnswer(await importStartListAction(formFor(chosen, mapping)).catch(() => failed(t('failed'))));
      router.refresh();
    });
  return (
    <section className="panel stack" aria-labelledby="import" aria-busy={pending}>
      <h2 id="import">{t('title')}</h2>
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
            setAnswer(null);
            if (chosen) preview(chosen);
          }}
        />
        <p className="help" id="list-help">
          {t('help')}
        </p>
      </div>
      <div aria-live="polite">
        {pending ? <p className="muted">{t('reading')}</p> : null}
        {answer?.state === 'refused' ? <Notice state="bad">{answer.message}</Notice> : null}
        {answer?.state === 'imported' ? <Notice state="good">{t('imported', counts(answer))}</Notice> : null}
      </div>
      {answer?.state === 'preview' && file ? (
        <>
          <ColumnChoices
            preview={answer.preview}
            disabled={pending}
            choose={(mapping) => preview(file, mapping)}
          />
          <ImportDiff preview={answer.preview} issues={answer.issues} />
          {answer.preview.missing > 0 ? (
            <label className="tick">
              <input
                type="checkbox"
                checked={removeMissing}
                onChange={(change) => setRemoveMissing(change.target.checked)}
              />
              <span>{t('removeMissing', { count: answer.preview.missing })}</span>
            </label>
          ) : null}
          <p>
            <button
              type="button"
              className="button"
              data-kind="primary"
              aria-busy={pending}
              disabled={pending || !answer.preview.mapping.includes('bib')}
              onClick={() => bring(file, answer.preview.mapping)}
            >
              {pending ? <span className="spinner" aria-hidden="true" /> : null}
              {t('confirm', { count: answer.preview.added + answer.preview.changed })}
            </button>
          </p>
        </>
      ) : null}
    </section>
  );
}

/** The connection broke or the server failed: nothing was half done. */
function failed(message: string): { state: 'refused'; message: string } {
  return { state: 'refused', message };
}

function counts(answer: Extract<ImportAnswer, { state: 'imported' }>): Record<string, number> {
  const { state, ...numbers } = answer;
  return numbers;
}
