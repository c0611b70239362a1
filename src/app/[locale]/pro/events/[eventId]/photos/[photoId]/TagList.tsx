import { useFormatter, useTranslations } from 'next-intl';
import type { PhotoReading } from '#domain/matching/get-photo-reading.ts';
import type { Evidence } from '#domain/weighing/scene.ts';
import { Bib } from '#ui/Bib.tsx';

/** Who is on the photo, how probable it is, and the reasons with their weight. */
export function TagList({ tags, publishThreshold }: Pick<PhotoReading, 'tags' | 'publishThreshold'>) {
  const t = useTranslations('upload.reading');
  const format = useFormatter();
  const percent = (share: number) => format.number(share * 100, { maximumFractionDigits: 1 });
  return (
    <section className="panel" aria-labelledby="tags">
      <header>
        <h2 id="tags">{t('tags')}</h2>
      </header>
      <p className="small muted">{t('threshold', { percent: percent(publishThreshold) })}</p>
      {tags.length === 0 ? <p>{t('noTags')}</p> : null}
      <ul className="tags">
        {tags.map((tag) => (
          <li key={tag.bib}>
            <div className="row">
              <Bib bib={tag.bib} />
              <span className="chip" data-state={tag.published ? 'good' : 'warn'}>
                {tag.decision ? t(tag.decision) : t(tag.published ? 'published' : 'review')}
              </span>
              <span className="num small">{t('probability', { percent: percent(tag.probability) })}</span>
            </div>
            <ul className="small muted">
              {tag.evidence.map((piece) => (
                <li key={piece.kind}>
                  {describe(piece)}{' '}
                  <span className="num">{format.number(piece.weight, { signDisplay: 'always' })}</span>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  );

  function describe(piece: Evidence): string {
    if (piece.kind === 'start-list')
      return t(piece.values.listed === 1 ? 'evidence.listed' : 'evidence.unlisted');
    if (piece.kind === 'person') return t('evidence.person');
    const confidence = percent(Number(piece.values.confidence ?? 0));
    return t(piece.values.kind === 'sure' ? 'evidence.bib-sure' : 'evidence.bib-guess', {
      confidence: `${confidence} %`,
    });
  }
}
