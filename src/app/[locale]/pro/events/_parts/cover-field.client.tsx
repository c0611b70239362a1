import { useTranslations } from 'next-intl';
import { type FormState, typedOr } from '#app/_web/form.ts';
import { RenditionImage } from '#ui/RenditionImage.tsx';

/** A photo that may become the cover. */
export interface CoverChoice {
  id: string;
  fileName: string;
  thumbnailUrl: string;
  widthPx: number;
  heightPx: number;
}

/** The cover among the event's photos; '' leaves it to the first wide one. */
export function CoverField({
  state,
  chosen,
  choices,
}: {
  state: FormState;
  chosen: string;
  choices: CoverChoice[];
}) {
  const t = useTranslations('pro.cover');
  const value = typedOr(state, 'coverPhotoId', chosen);
  return (
    <fieldset className="covers">
      <legend className="small muted">{t('help')}</legend>
      <label>
        <input type="radio" name="coverPhotoId" value="" defaultChecked={value === ''} />
        <span className="cover-none">{t('automatic')}</span>
      </label>
      {choices.map((photo) => (
        <label key={photo.id}>
          <input type="radio" name="coverPhotoId" value={photo.id} defaultChecked={value === photo.id} />
          <RenditionImage
            src={photo.thumbnailUrl}
            width={photo.widthPx}
            height={photo.heightPx}
            alt={t('photo', { fileName: photo.fileName })}
            loading="lazy"
          />
        </label>
      ))}
    </fieldset>
  );
}
