'use client';

import { useTranslations } from 'next-intl';
import { ActionForm } from '#app/_web/form-parts.client.tsx';
import { SubmitButton } from '#ui/SubmitButton.client.tsx';
import { EmailField, NameField, NewPasswordField } from '../_parts/account-fields.client.tsx';
import { createFirstAdminAction } from './actions.ts';

export function FirstAdminForm({ token }: { token: string }) {
  const t = useTranslations('account');
  return (
    <ActionForm action={createFirstAdminAction}>
      {(state) => (
        <>
          <input type="hidden" name="token" value={token} />
          <NameField state={state} />
          <EmailField state={state} />
          <NewPasswordField state={state} label={t('password')} />
          <SubmitButton wide pending={t('pending')}>
            {t('firstAdmin.submit')}
          </SubmitButton>
        </>
      )}
    </ActionForm>
  );
}
