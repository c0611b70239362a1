import { useTranslations } from 'next-intl';
import type { ListedRunner } from '#domain/timing/start-list.ts';

/** What an organiser must know of a runner at a glance; a refusal comes first. */
export function RunnerNotes({ runner }: { runner: ListedRunner }) {
  const t = useTranslations('pro.startList');
  const refuses = runner.photoOptOut === true || runner.photoConsent === false;
  const notes = [
    refuses ? { state: 'warn', text: t('refusesPhotos') } : null,
    runner.isMinor ? { text: t('minor') } : null,
    !refuses && runner.photoConsent ? { text: t('photoConsent') } : null,
    runner.faceConsent === null ? null : { text: t(runner.faceConsent ? 'faceConsent' : 'noFaceConsent') },
    runner.formerBibs.length > 0 ? { text: t('formerBibs', { bibs: runner.formerBibs.join(', ') }) } : null,
  ];
  return notes
    .filter((note) => note !== null)
    .map(({ state, text }) => (
      <span key={text} className="chip" data-state={state}>
        {text}{' '}
      </span>
    ));
}
