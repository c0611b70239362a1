import { useTranslations } from 'next-intl';
import type { TriagePhoto, TriageTag } from '#domain/triage/triage-photo.ts';
import { BibEntry } from './bib-entry.client.tsx';
import { Candidates } from './candidates.client.tsx';
import type { Entry } from './use-entry.client.ts';

interface TriageWhoProps {
  eventId: string;
  photo: TriagePhoto;
  chosen: TriageTag | null;
  entry: Entry;
  onAccept: (tag: TriageTag) => void;
  /** Null for what is typed or picked. */
  onAcceptTyped: (bib: string | null, beside: boolean) => void;
  onReject: (tag: TriageTag | null) => void;
  onNobody: () => void;
  onSkip: () => void;
}

/** Who it may be, who else it is, or nobody. */
export function TriageWho(props: TriageWhoProps) {
  const { eventId, photo, chosen, entry, onAccept, onAcceptTyped, onReject, onNobody, onSkip } = props;
  const t = useTranslations('triage');
  const instead = chosen?.decision === null ? chosen : null;
  return (
    <section className="triage-who" aria-labelledby="who">
      <h2 id="who">{t('who')}</h2>
      {/* The keys move no focus: what they lead to is told. */}
      <p className="sr-only" aria-live="polite">
        {chosen
          ? t('told', {
              fileName: photo.fileName,
              bib: chosen.bib,
              name: chosen.runner?.name ?? t('unlisted'),
            })
          : `${photo.fileName}. ${t('noCandidate')}`}
      </p>
      <Candidates {...{ eventId, photo, chosen, onAccept, onReject }} />
      <BibEntry
        field={entry.field}
        typed={entry.typed}
        matches={entry.matches}
        picked={entry.pickedIndex}
        instead={instead}
        doubted={entry.doubted}
        onType={entry.type}
        onAccept={onAcceptTyped}
      />
      <fieldset className="triage-moves">
        <legend className="sr-only">{t('moves')}</legend>
        {entry.typed === '' ? (
          <button
            type="button"
            className="button"
            data-kind="primary"
            disabled={!instead}
            onClick={() => (instead ? onAccept(instead) : undefined)}
          >
            <kbd className="key">↵</kbd>
            {instead ? t('acceptThis', { bib: instead.bib }) : t('accept')}
          </button>
        ) : null}
        <button type="button" className="button" disabled={!instead} onClick={() => onReject(instead)}>
          <kbd className="key">R</kbd>
          {t('reject')}
        </button>
        <button type="button" className="button" onClick={onNobody}>
          <kbd className="key">N</kbd>
          {t('nobody')}
        </button>
        <button type="button" className="button" onClick={onSkip}>
          <kbd className="key">→</kbd>
          {t('skip')}
        </button>
      </fieldset>
    </section>
  );
}
