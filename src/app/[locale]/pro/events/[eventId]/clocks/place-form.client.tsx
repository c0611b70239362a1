'use client';

import { useTranslations } from 'next-intl';
import { ActionForm } from '#app/_web/form-parts.client.tsx';
import { SubmitButton } from '#ui/SubmitButton.client.tsx';
import { placeCameraAction } from './actions.ts';

interface PlaceFormProps {
  eventId: string;
  cameraKey: string;
  stay: { from: string | null; until: string | null; placeId: string | null; source: 'solved' | 'hand' };
  places: { id: string; name: string }[];
  isFixed: boolean;
  /** The times of the stay, in words. */
  period: string;
}

/** Where the camera stood then: found by itself, or named. */
export function PlaceForm({ eventId, cameraKey, stay, places, isFixed, period }: PlaceFormProps) {
  const t = useTranslations('clocks');
  const found = places.find(({ id }) => id === stay.placeId);
  const isByHand = stay.source === 'hand';
  if (isFixed) return <span>{found?.name ?? t('placeUnknown')}</span>;
  return (
    <ActionForm action={placeCameraAction} className="row">
      {() => (
        <>
          <input type="hidden" name="eventId" value={eventId} />
          <input type="hidden" name="cameraKey" value={cameraKey} />
          <input type="hidden" name="from" value={stay.from ?? ''} />
          <input type="hidden" name="until" value={stay.until ?? ''} />
          <select
            className="input"
            name="placeId"
            aria-label={t('placeAt', { period })}
            defaultValue={isByHand ? (stay.placeId ?? '') : ''}
          >
            <option value="">{automatic()}</option>
            {places.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
          <SubmitButton kind="plain" label={t('keepAt', { period })}>
            {t('keep')}
          </SubmitButton>
        </>
      )}
    </ActionForm>
  );

  function automatic(): string {
    if (isByHand) return t('automatic');
    return found ? t('found', { place: found.name }) : t('placeUnknown');
  }
}
