import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { ClientMessages } from '#app/_web/client-messages.tsx';
import type { PhotoReading } from '#domain/matching/get-photo-reading.ts';
import { Bib } from '#ui/Bib.tsx';
import { EvidenceList } from '#ui/EvidenceList.tsx';
import { TagDecision, TagEntry } from './tag-decision.client.tsx';

/** Who is on the photo, how probable it is, and the reasons with their weight. What a person decided needs no probability. */
export function TagList({
  photo,
  tags,
  publishThreshold,
  mark,
  closed,
}: Pick<PhotoReading, 'photo' | 'tags' | 'publishThreshold' | 'mark'> & {
  /** Of an archived event, where nothing is decided any more. */
  closed: boolean;
}) {
  const t = useTranslations('upload.reading');
  const format = useFormatter();
  const locale = useLocale();
  const percent = (share: number) => format.number(share * 100, { maximumFractionDigits: 1 });
  const ofPhoto = { eventId: photo.eventId, photoId: photo.id, mark };
  const photoHref = (photoId: string) => `/${locale}/pro/events/${photo.eventId}/photos/${photoId}`;
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
              {tag.decision ? null : (
                <span className="num small">{t('probability', { percent: percent(tag.probability) })}</span>
              )}
            </div>
            <EvidenceList bib={tag.bib} evidence={tag.evidence} photoHref={photoHref} />
            {closed ? null : (
              <ClientMessages namespaces={['triage']}>
                <TagDecision {...ofPhoto} bib={tag.bib} decision={tag.decision} />
              </ClientMessages>
            )}
          </li>
        ))}
      </ul>
      {closed ? null : (
        <ClientMessages namespaces={['triage']}>
          <TagEntry {...ofPhoto} />
        </ClientMessages>
      )}
    </section>
  );
}
