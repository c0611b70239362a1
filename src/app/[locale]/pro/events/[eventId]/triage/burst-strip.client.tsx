import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import type { TriagePhoto } from '#domain/triage/triage-photo.ts';
import { Bib } from '#ui/Bib.tsx';
import { RenditionImage } from '#ui/RenditionImage.tsx';

/** The photos of the burst, and whether a decision is for all of them. */
export function BurstStrip({
  eventId,
  photo,
  whole,
  onToggle,
}: {
  eventId: string;
  photo: TriagePhoto;
  whole: boolean;
  onToggle: () => void;
}) {
  const t = useTranslations('triage');
  const locale = useLocale();
  const frameWords = (bibs: string[], index: number) =>
    t('frame', { number: index + 1, count: bibs.length, bibs: bibs.join(', ') });
  if (photo.burst.length < 2) return null;
  return (
    <section className="burst" aria-labelledby="burst">
      <header className="row">
        <h2 id="burst">{t('burst', { count: photo.burst.length })}</h2>
        <button type="button" className="button end" aria-pressed={whole} onClick={onToggle}>
          <kbd className="key">B</kbd>
          {t(whole ? 'wholeBurst' : 'onePhoto')}
        </button>
      </header>
      <ul data-whole={whole ? '' : undefined}>
        {photo.burst.map((frame, index) => (
          <li key={frame.photoId} data-here={frame.photoId === photo.photoId ? '' : undefined}>
            <Link
              className="burst-thumb"
              href={`/${locale}/pro/events/${eventId}/photos/${frame.photoId}`}
              prefetch={false}
              style={{ background: frame.tone }}
            >
              {frame.thumbnailUrl ? (
                <RenditionImage
                  src={frame.thumbnailUrl}
                  width={96}
                  height={64}
                  alt={frameWords(frame.bibs, index)}
                />
              ) : (
                <span className="sr-only">{frameWords([], index)}</span>
              )}
            </Link>
            <span className="row">
              {frame.bibs.slice(0, 2).map((bib) => (
                <Bib key={bib} bib={bib} size="12px" />
              ))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
