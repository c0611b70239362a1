import { useFormatter, useTranslations } from 'next-intl';
import type { ReadingFigures } from '#domain/matching/get-reading-figures.ts';

const FIGURES = ['photosRead', 'withBib', 'runnersFound', 'doubtful', 'blurry', 'failed'] as const;

/** How well the whole event was read, and what became of everything that was seen on it. */
export function EventFigures({ figures }: { figures: ReadingFigures }) {
  const t = useTranslations('upload.reading');
  const format = useFormatter();
  return (
    <section className="panel stack" aria-labelledby="figures">
      <header>
        <h2 id="figures">{t('figures')}</h2>
      </header>
      <dl className="kpis">
        {FIGURES.map((name) => (
          <div key={name} className="figure">
            <dt>{t(`eventFigures.${name}`)}</dt>
            <dd className="num">{format.number(figures[name])}</dd>
          </div>
        ))}
      </dl>
      <h3>{t('fates')}</h3>
      <ul className="fates">
        {figures.reads.map(({ kind, reason, count }) => (
          <li key={`${kind}/${reason}`}>
            <span>
              {t(`kind.${kind}`)}
              {reason && t.has(`reasons.${reason}`) ? ` : ${t(`reasons.${reason}`)}` : ''}
            </span>
            <span className="num">{format.number(count)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
