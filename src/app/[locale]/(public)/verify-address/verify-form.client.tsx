'use client';

import { useTranslations } from 'next-intl';
import { ActionForm } from '#app/_web/form-parts.client.tsx';
import { SubmitButton } from '#ui/SubmitButton.client.tsx';
import { confirmEmailAction, verifyAddressAction } from './actions.ts';

/** A press, not a visit, uses the link up: mail filters open links too. */
export function VerifyForm({ token, change }: { token: string; change: boolean }) {
  const t = useTranslations('account');
  return (
    <ActionForm action={change ? confirmEmailAction : verifyAddressAction}>
      {() => (
        <>
          <input type="hidden" name="token" value={token} />
          <SubmitButton wide pending={t('pending')}>
            {t('verify.submit')}
          </SubmitButton>
        </>
      )}
    </ActionForm>
  );
}
