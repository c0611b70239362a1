import { useFormatter, useTranslations } from 'next-intl';
import type { PhotoReading } from '#domain/matching/get-photo-reading.ts';

const STATE_OF_KIND = { sure: 'good', guess: 'warn', dropped: undefined } as const;

/** Every candidate with its score, and why it was kept or dropped. */
export function ReadTable({ reads }: Pick<PhotoReading, 'reads'>) {
  const t = useTranslations('upload.reading');
  const format = useFormatter();
  if (reads.length === 0) return <p className="muted">{t('none')}</p>;
  return (
    <section className="panel" aria-labelledby="reads">
      <header>
        <h2 id="reads">{t('title')}</h2>
      </header>
      <ol className="reads">
        {reads.map((read, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: reads have no id, and their order is their number.
          <li key={index}>
            <span className="num muted">{index + 1}</span>
            <b className="num">{read.bib || '–'}</b>
            <span className="reads-text">{read.text}</span>
            <span className="num">
              {format.number(read.confidence, { style: 'percent', maximumFractionDigits: 1 })}
            </span>
            <span className="chip" data-state={STATE_OF_KIND[read.kind]}>
              {t(`kind.${read.kind}`)}
            </span>
            <span className="muted small">{explain(read)}</span>
          </li>
        ))}
      </ol>
    </section>
  );

  function explain(read: PhotoReading['reads'][number]): string {
    const others = read.alternatives.map(
      ({ bib, probability }) =>
        `${bib} (${format.number(probability, { style: 'percent', maximumFractionDigits: 0 })})`,
    );
    return [
      read.reason ? reasonWord(read.reason) : null,
      read.partial ? t(`partial.${read.partial}`) : null,
      others.length > 0 ? t('alternatives', { list: format.list(others, { type: 'disjunction' }) }) : null,
    ]
      .filter((word) => word !== null)
      .join('. ');
  }

  function reasonWord(reason: string): string {
    return t.has(`reasons.${reason}`) ? t(`reasons.${reason}`) : reason;
  }
}
