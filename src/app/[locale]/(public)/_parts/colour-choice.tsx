import { getTranslations } from 'next-intl/server';
import type { ColourName } from '#domain/matching/colour-names.ts';

/** What is worn, chosen by the word: its swatch only helps to find it. */
export async function ColourChoice({ colours, chosen }: { colours: ColourName[]; chosen: string }) {
  if (colours.length === 0) return null;
  const t = await getTranslations('found');
  return (
    <fieldset className="colours">
      <legend>{t('colour')}</legend>
      <label>
        <input type="radio" name="colour" value="" defaultChecked={chosen === ''} />
        {t('anyColour')}
      </label>
      {colours.map((colour) => (
        <label key={colour}>
          <input type="radio" name="colour" value={colour} defaultChecked={colour === chosen} />
          <i className="swatch" data-colour={colour} />
          {t(`colours.${colour}`)}
        </label>
      ))}
    </fieldset>
  );
}
