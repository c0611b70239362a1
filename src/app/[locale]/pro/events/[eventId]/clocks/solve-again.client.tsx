'use client';

import { useTranslations } from 'next-intl';
import { ActionForm } from '#app/_web/form-parts.client.tsx';
import { Notice } from '#ui/Notice.tsx';
import { SubmitButton } from '#ui/SubmitButton.client.tsx';
import { solveClocksAction } from './actions.ts';

export function SolveAgain({ eventId }: { eventId: string }) {
  const t = useTranslations('clocks');
  return (
    <ActionForm action={solveClocksAction}>
      {(state) => (
        <>
          <input type="hidden" name="eventId" value={eventId} />
          {state.state === 'done' ? (
            <Notice state="good" live>
              {t('solving')}
            </Notice>
          ) : null}
          <p>
            <SubmitButton kind="plain" pending={t('pending')}>
              {t('solveAgain')}
            </SubmitButton>
          </p>
        </>
      )}
    </ActionForm>
  );
}
