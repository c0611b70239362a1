'use client';

import { useTranslations } from 'next-intl';
import { ActionForm } from '#app/_web/form-parts.client.tsx';
import { RefreshWhileWaiting } from '#app/_web/refresh-while.client.tsx';
import { SubmitButton } from '#ui/SubmitButton.client.tsx';
import { chooseCoverAction, reprocessPhotoAction } from './actions.ts';

interface PhotoMovesProps {
  eventId: string;
  photoId: string;
  /** Waits for the engine, for the first time or again. */
  waiting: boolean;
  ready: boolean;
  isCover: boolean;
}

/** What the owner can do with a photo as a whole. */
export function PhotoMoves({ eventId, photoId, waiting, ready, isCover }: PhotoMovesProps) {
  const t = useTranslations('upload.reading');
  const pending = t('pending');
  return (
    <div className="row photo-moves">
      {waiting ? (
        <>
          <span className="chip" role="status">
            {t('waiting')}
          </span>
          <RefreshWhileWaiting />
        </>
      ) : (
        <ActionForm action={reprocessPhotoAction} className="row">
          {() => (
            <>
              <input type="hidden" name="photoId" value={photoId} />
              <SubmitButton kind="plain" pending={pending}>
                {t('again')}
              </SubmitButton>
            </>
          )}
        </ActionForm>
      )}
      {isCover ? <span className="chip">{t('isCover')}</span> : null}
      {ready && !isCover ? (
        <ActionForm action={chooseCoverAction} className="row">
          {() => (
            <>
              <input type="hidden" name="eventId" value={eventId} />
              <input type="hidden" name="photoId" value={photoId} />
              <SubmitButton kind="quiet" pending={pending}>
                {t('makeCover')}
              </SubmitButton>
            </>
          )}
        </ActionForm>
      ) : null}
    </div>
  );
}
