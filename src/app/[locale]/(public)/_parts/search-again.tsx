import { getTranslations } from 'next-intl/server';
import { BibField } from '#ui/BibField.tsx';

/** Another try, and the way round: the photos by hour. */
export async function SearchAgain({ base, value }: { base: string; value?: string }) {
  const t = await getTranslations('public');
  return (
    <div className="again">
      <BibField
        id="bib-again"
        action={`${base}/search`}
        label={t('search.bibOrName')}
        submit={t('search.submit')}
        value={value}
        small
      />
      <a className="button" data-kind="quiet" href={`${base}#photos`}>
        {t('search.browse')}
      </a>
    </div>
  );
}
