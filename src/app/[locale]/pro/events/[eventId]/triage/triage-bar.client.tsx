import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { formatClock } from '#ui/format-time.ts';
import { Icon } from '#ui/Icon.tsx';
import { Notice } from '#ui/Notice.tsx';
import type { TriageNews, TriageView } from './triage-view.client.ts';

interface TriageBarProps {
  view: TriageView;
  timeZone: string;
  onUndo: () => void;
  onTurn: (steps: 1 | -1) => void;
  onHelp: () => void;
}

/** How many are left, where one is, and whether everything is saved. */
export function TriageBar({ view, timeZone, onUndo, onTurn, onHelp }: TriageBarProps) {
  const t = useTranslations('triage');
  const locale = useLocale();
  const format = useFormatter();
  const { photo } = view;
  return (
    <header className="triage-bar">
      <p>
        <b className="num">{format.number(view.left)}</b> {t('left', { count: view.left })}
      </p>
      <p className="muted small num">
        {t('decided', { count: view.decided })}
        {view.decidedPerHour === null
          ? null
          : ` · ${t('perHour', { count: format.number(view.decidedPerHour) })}`}
      </p>
      {photo ? (
        <p className="muted small">
          {photo.fileName}
          {photo.takenAt ? `, ${formatClock(photo.takenAt, { locale, timeZone })}` : null}
          {photo.part === 'unknown' ? <span className="chip">{t('unknown')}</span> : null}
          {photo.part === 'settled' ? <span className="chip">{t('done')}</span> : null}
        </p>
      ) : null}
      <div className="row end">
        <button
          type="button"
          className="button"
          data-kind="icon"
          aria-label={t('previous')}
          disabled={view.behind === 0}
          onClick={() => onTurn(-1)}
        >
          <Icon name="left" />
        </button>
        <button
          type="button"
          className="button"
          data-kind="icon"
          aria-label={t('next')}
          disabled={!photo}
          onClick={() => onTurn(1)}
        >
          <Icon name="right" />
        </button>
        <button type="button" className="button" onClick={onUndo}>
          <kbd className="key">U</kbd>
          {t('undo')}
        </button>
        <button type="button" className="button triage-help" onClick={onHelp}>
          <kbd className="key">?</kbd>
          {t('help')}
        </button>
      </div>
      <div className="triage-news" aria-live="polite">
        {view.stuck ? <Notice state="warn">{t('stuck', { count: view.unsaved })}</Notice> : null}
        {view.news ? <News news={view.news} shown={photo?.photoId ?? null} /> : null}
      </div>
    </header>
  );
}

function News({ news, shown }: { news: TriageNews; shown: string | null }) {
  const t = useTranslations('triage.news');
  const by = 'by' in news && news.by !== null ? news.by : t('somebody');
  switch (news.kind) {
    case 'overtaken':
      return <Notice state="warn">{t('overtaken', { by })}</Notice>;
    case 'kept':
      return <Notice state="warn">{t('kept', { by, bibs: news.bibs.join(', ') })}</Notice>;
    case 'unlisted':
      return (
        <Notice state="warn">
          {t('unlisted', { bibs: news.bibs.join(', ') })}
          {news.photoId === shown ? null : ` ${t('comesBack')}`}
        </Notice>
      );
    case 'not-undone':
      return <Notice state="bad">{t('notUndone', { message: news.message })}</Notice>;
    case 'not-saved':
      return <Notice state="bad">{t('notSaved', { message: news.message })}</Notice>;
    case 'nothing-to-undo':
      return <Notice>{t('nothingToUndo')}</Notice>;
  }
}
