import { useFormatter, useLocale, useTranslations } from 'next-intl';
import type { TriagePhoto, TriageTag } from '#domain/triage/triage-photo.ts';
import { Bib } from '#ui/Bib.tsx';
import { EvidenceList } from '#ui/EvidenceList.tsx';
import { Icon } from '#ui/Icon.tsx';

interface CandidatesProps {
  eventId: string;
  photo: TriagePhoto;
  chosen: TriageTag | null;
  onAccept: (tag: TriageTag) => void;
  onReject: (tag: TriageTag) => void;
}

/** Who may be on the photo, the likeliest first, each with the reasons. */
export function Candidates({ eventId, photo, chosen, onAccept, onReject }: CandidatesProps) {
  const t = useTranslations('triage');
  const format = useFormatter();
  const locale = useLocale();
  if (photo.tags.length === 0) return <p className="muted">{t('noCandidate')}</p>;
  return (
    <ol className="candidates">
      {photo.tags.map((tag) => (
        <li key={tag.bib} data-chosen={tag.bib === chosen?.bib ? '' : undefined}>
          <div className="candidate">
            <button
              type="button"
              className="candidate-accept"
              aria-current={tag.bib === chosen?.bib ? 'true' : undefined}
              onClick={() => onAccept(tag)}
            >
              <span className="sr-only">{t('accept')} </span>
              <Bib bib={tag.bib} colour={tag.runner?.raceColour ?? null} size="20px" />
              <span className="candidate-name">
                <b>{tag.runner?.name ?? t('unlisted')}</b>
                {tag.runner?.raceName ? <small className="muted">{tag.runner.raceName}</small> : null}
              </span>
              <span className="candidate-odds num">
                {tag.decision ? (
                  <span className="chip" data-state={tag.decision === 'confirmed' ? 'good' : 'bad'}>
                    {t(tag.decision)}
                  </span>
                ) : (
                  format.number(tag.probability, { style: 'percent', maximumFractionDigits: 0 })
                )}
              </span>
            </button>
            <button
              type="button"
              className="button"
              data-kind="icon"
              disabled={tag.decision === 'rejected'}
              aria-label={t('rejectBib', { bib: tag.bib })}
              onClick={() => onReject(tag)}
            >
              <Icon name="x" />
            </button>
          </div>
          {tag.decision === null ? (
            <EvidenceList
              bib={tag.bib}
              evidence={tag.evidence}
              photoHref={(photoId) => `/${locale}/pro/events/${eventId}/photos/${photoId}`}
            />
          ) : null}
        </li>
      ))}
    </ol>
  );
}
