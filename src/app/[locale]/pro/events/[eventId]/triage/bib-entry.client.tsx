import { useTranslations } from 'next-intl';
import type { RefObject } from 'react';
import type { TriageRunner, TriageTag } from '#domain/triage/triage-photo.ts';
import { Bib } from '#ui/Bib.tsx';

interface BibEntryProps {
  field: RefObject<HTMLInputElement | null>;
  typed: string;
  matches: TriageRunner[];
  /** Which of the matches Enter takes; -1 for what was typed. */
  picked: number;
  /** What a typed bib would stand in place of. */
  instead: TriageTag | null;
  /** The typed bib is in no start list, and was accepted once. */
  doubted: boolean;
  onType: (text: string) => void;
  onAccept: (bib: string | null, beside: boolean) => void;
}

/** Another bib or name, with whom it is as it is typed. */
export function BibEntry(props: BibEntryProps) {
  const { field, typed, matches, picked, instead, doubted, onType, onAccept } = props;
  const t = useTranslations('triage');
  return (
    <div className="bib-entry">
      <label htmlFor="triage-bib" className="sr-only">
        {t('entry')}
      </label>
      <div className="bib-field" data-small="">
        <input
          ref={field}
          id="triage-bib"
          value={typed}
          placeholder={t('entry')}
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          maxLength={40}
          enterKeyHint="done"
          aria-describedby="triage-match"
          onChange={(change) => onType(change.target.value)}
        />
      </div>
      <div id="triage-match" aria-live="polite">
        {typed === '' ? null : (
          <>
            {matches.length > 0 ? (
              <ul className="matches">
                {matches.map((runner, index) => (
                  <li
                    key={`${runner.bib}/${runner.raceName}`}
                    data-chosen={index === picked ? '' : undefined}
                  >
                    <button type="button" onClick={() => onAccept(runner.bib, false)}>
                      <Bib bib={runner.bib} colour={runner.raceColour} />
                      <span>
                        {runner.name}{' '}
                        {runner.raceName ? <small className="muted">{runner.raceName}</small> : null}
                      </span>
                    </button>
                  </li>
                ))}
              </ul>
            ) : (
              <p className="small">{t(doubted ? 'unlistedAgain' : 'noMatch', { bib: typed })}</p>
            )}
            <div className="row">
              <button
                type="button"
                className="button"
                data-kind="primary"
                onClick={() => onAccept(null, false)}
              >
                <kbd className="key">↵</kbd>
                {instead ? t('insteadOf', { bib: instead.bib }) : t('accept')}
              </button>
              {instead ? (
                <button type="button" className="button" onClick={() => onAccept(null, true)}>
                  <kbd className="key">⇧ ↵</kbd>
                  {t('asWell')}
                </button>
              ) : null}
            </div>
          </>
        )}
      </div>
    </div>
  );
}
