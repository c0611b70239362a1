'use client';

import { useTranslations } from 'next-intl';
import { ActionForm } from '#app/_web/form-parts.client.tsx';
import { SubmitButton } from '#ui/SubmitButton.client.tsx';
import { duplicateEventAction, moveEventAction } from './actions.ts';

const KIND = { publish: 'primary', unpublish: 'plain', archive: 'quiet', restore: 'plain' } as const;

/** The changes of state that are possible now. Each can be taken back, so none asks first. */
export function EventMoves({ eventId, moves }: { eventId: string; moves: (keyof typeof KIND)[] }) {
  const t = useTranslations('pro');
  return (
    <div className="row">
      {moves.map((move) => (
        <ActionForm key={move} action={moveEventAction} className="row">
          {() => (
            <>
              <input type="hidden" name="eventId" value={eventId} />
              <input type="hidden" name="move" value={move} />
              <SubmitButton kind={KIND[move]} pending={t('pending')}>
                {t(`moves.${move}`)}
              </SubmitButton>
            </>
          )}
        </ActionForm>
      ))}
      <ActionForm action={duplicateEventAction} className="row">
        {() => (
          <>
            <input type="hidden" name="eventId" value={eventId} />
            <SubmitButton kind="quiet" pending={t('pending')}>
              {t('moves.duplicate')}
            </SubmitButton>
          </>
        )}
      </ActionForm>
    </div>
  );
}
