import { getTranslations } from 'next-intl/server';
import type { Runner } from '#domain/timing/start-list.ts';
import { Bib } from '#ui/Bib.tsx';
import { runnerName } from './runner-name.ts';

/** Runners who bear a name, each with how many photos wait for them. */
export async function RunnerList({
  runners,
  base,
}: {
  runners: (Runner & { photoCount: number })[];
  base: string;
}) {
  const t = await getTranslations('public');
  return (
    <ul className="list people">
      {runners.map((runner) => (
        <li key={runner.entryId}>
          <a href={`${base}/bib/${encodeURIComponent(runner.bib)}`}>
            <Bib bib={runner.bib} colour={runner.raceColour} />
            <span>
              <b>{runnerName(runner)}</b>
              <small>{[runner.raceName, runner.category, runner.club].filter(Boolean).join(' · ')}</small>
            </span>
            <span className="small">{t('search.photoCount', { count: runner.photoCount })}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
