import { getTranslations } from 'next-intl/server';
import type { PhotoPlace } from '#domain/matching/photo-places.ts';
import { Field, SelectField } from '#ui/Field.tsx';
import { formatDay } from '#ui/format-time.ts';
import { type Moment, WITHIN_MINUTES } from './moment.ts';
import { placeName } from './place-name.ts';

interface MomentFieldsProps {
  days: string[];
  places: PhotoPlace[];
  moment: Moment;
  placeId: string;
  locale: string;
}

/** Around what time, on which day where there are several, and where, if it is known where the cameras stood. */
export async function MomentFields({ days, places, moment, placeId, locale }: MomentFieldsProps) {
  const t = await getTranslations('found');
  return (
    <>
      <Field name="at" type="time" label={t('time')} help={t('timeHelp')} defaultValue={moment.time} />
      <SelectField name="within" label={t('within')} defaultValue={moment.within}>
        {WITHIN_MINUTES.map((minutes) => (
          <option key={minutes} value={minutes}>
            {t('withinMinutes', { minutes })}
          </option>
        ))}
      </SelectField>
      {days.length > 1 ? (
        <SelectField name="day" label={t('day')} defaultValue={moment.between ? moment.day : ''}>
          <option value="">{t('anyDay')}</option>
          {days.map((day) => (
            <option key={day} value={day}>
              {formatDay(new Date(`${day}T12:00:00Z`), { locale, timeZone: 'UTC' })}
            </option>
          ))}
        </SelectField>
      ) : null}
      {places.length > 0 ? (
        <SelectField name="place" label={t('place')} defaultValue={placeId}>
          <option value="">{t('anyPlace')}</option>
          {places.map((place) => (
            <option key={place.placeId} value={place.placeId}>
              {placeName(place, locale)}
            </option>
          ))}
        </SelectField>
      ) : null}
    </>
  );
}
