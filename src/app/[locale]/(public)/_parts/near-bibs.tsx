import { getTranslations } from 'next-intl/server';
import { Bib } from '#ui/Bib.tsx';

/** Bibs one slip away from the asked one that have photos. */
export async function NearBibs({ bibs, base }: { bibs: string[]; base: string }) {
  if (bibs.length === 0) return null;
  const t = await getTranslations('public');
  return (
    <section className="maybe" aria-labelledby="near-title">
      <h2 id="near-title">{t('runner.nearTitle')}</h2>
      <p>{t('runner.nearText')}</p>
      <ul className="near">
        {bibs.map((bib) => (
          <li key={bib}>
            <a href={`${base}/bib/${encodeURIComponent(bib)}`}>
              <span className="sr-only">{t('photo.bib')} </span>
              <Bib bib={bib} />
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
