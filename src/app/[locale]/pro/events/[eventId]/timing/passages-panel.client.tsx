'use client';

import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { formatClock } from '#ui/format-time.ts';
import { Notice } from '#ui/Notice.tsx';
import { IssueList } from '../_parts/issue-list.tsx';
import { importPassagesAction, type PassagesAnswer, previewPassagesAction } from './actions.ts';

interface PanelProps {
  eventId: string;
  timeZone: string;
}

/** Choose a file, look at what it would do, then bring it in. Nothing is kept before the last step. */
export function PassagesPanel({ eventId, timeZone }: PanelProps) {
  const t = useTranslations('pro.timing');
  const locale = useLocale();
  const router = useRouter();
  const [file, setFile] = useState<File | null>(null);
  const [answer, setAnswer] = useState<PassagesAnswer | null>(null);
  const [removeMissing, setRemoveMissing] = useState(false);
  const [pending, start] = useTransition();
  const send = (chosen: File, action: (form: FormData) => Promise<PassagesAnswer>) =>
    start(async () => {
      const form = new FormData();
      form.set('locale', locale);
      form.set('eventId', eventId);
      form.set('file', chosen);
      if (removeMissing) form.set('removeMissing', 'on');
      const broken: PassagesAnswer = { state: 'refused', message: t('failed') };
      setAnswer(await action(form).catch(() => broken));
      router.refresh();
    });
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
            setAnswer(null);
            if (chosen) send(chosen, previewPassagesAction);
          }}
        />
        <p className="help" id="timing-help">
          {t('help')}
        </p>
      </div>
      <div aria-live="polite">
        {pending ? <p className="muted">{t('reading')}</p> : null}
        {answer?.state === 'refused' ? <Notice state="bad">{answer.message}</Notice> : null}
        {answer?.state === 'imported' ? (
          <Notice state="good">{t('imported', countsOf(answer))}</Notice>
        ) : null}
      </div>
      {answer?.state === 'preview' && file ? (
        <>
          <PassagesChange answer={answer} timeZone={timeZone} />
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
              disabled={pending}
              onClick={() => send(file, importPassagesAction)}
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

function PassagesChange({
  answer: { preview, issues },
  timeZone,
}: {
  answer: Extract<PassagesAnswer, { state: 'preview' }>;
  timeZone: string;
}) {
  const t = useTranslations('pro.timing');
  const locale = useLocale();
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
              <td data-label={t('count')}>{passages}</td>
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

function countsOf({
  state: _state,
  ...counts
}: Extract<PassagesAnswer, { state: 'imported' }>): Record<string, number> {
  return counts;
}
