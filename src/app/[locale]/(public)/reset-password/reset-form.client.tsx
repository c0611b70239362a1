'use client';

import { useTranslations } from 'next-intl';
import { ActionForm } from '#app/_web/form-parts.client.tsx';
import { SubmitButton } from '#ui/SubmitButton.client.tsx';
import { NewPasswordField } from '../_parts/account-fields.client.tsx';
import { resetPasswordAction } from './actions.ts';

export function ResetForm({ token }: { token: string }) {
  const t = useTranslations('account');
  return (
    <ActionForm action={resetPasswordAction}>
      {(state) => (
        <>
          <input type="hidden" name="token" value={token} />
          <NewPasswordField state={state} />
          <SubmitButton wide pending={t('pending')}>
            {t('reset.submit')}
          </SubmitButton>
        </>
      )}
    </ActionForm>
  );
}
