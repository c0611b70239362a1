import { getTranslations } from 'next-intl/server';
import type { BibChange } from '#domain/timing/list-bib-changes.ts';
import { Bib } from '#ui/Bib.tsx';
import { formatMoment } from '#ui/format-time.ts';

/** Who wore which bib before, newest first; nothing when nobody changed. */
export async function BibChanges({
  changes,
  place,
}: {
  changes: BibChange[];
  place: { locale: string; timeZone: string };
}) {
  if (changes.length === 0) return null;
  const t = await getTranslations('pro.startList');
  return (
    <section className="panel stack" aria-labelledby="bib-changes">
      <h2 id="bib-changes">{t('changes')}</h2>
      <p className="muted small">{t('changesAbout')}</p>
      <table className="table" data-cards="">
        <thead>
          <tr>
            <th scope="col">{t('name')}</th>
            <th scope="col">{t('before')}</th>
            <th scope="col">{t('now')}</th>
            <th scope="col">{t('when')}</th>
            <th scope="col">{t('by')}</th>
          </tr>
        </thead>
        <tbody>
          {changes.map((change) => (
            <tr key={change.id}>
              <th scope="row">
                {change.firstName} {change.lastName}
              </th>
              <td data-label={t('before')}>
                <span>
                  <Bib bib={change.fromBib} size="15px" />
                </span>
              </td>
              <td data-label={t('now')}>
                <span>
                  <Bib bib={change.toBib} size="15px" />
                </span>
              </td>
              <td data-label={t('when')}>{formatMoment(change.at, place)}</td>
              <td data-label={t('by')}>{change.by ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
