'use client';

import { useTranslations } from 'next-intl';
import { fieldError } from '#app/_web/form.ts';
import { ActionForm } from '#app/_web/form-parts.client.tsx';
import { Field } from '#ui/Field.tsx';
import { SubmitButton } from '#ui/SubmitButton.client.tsx';
import { resetPasswordAction } from './actions.ts';

export function ResetForm({ token }: { token: string }) {
  const t = useTranslations('account');
  return (
    <ActionForm action={resetPasswordAction}>
      {(state) => (
        <>
          <input type="hidden" name="token" value={token} />
          <Field
            name="password"
            type="password"
            label={t('newPassword')}
            help={t('passwordHelp')}
            autoComplete="new-password"
            required
            error={fieldError(state, 'password')}
          />
          <SubmitButton wide pending={t('pending')}>
            {t('reset.submit')}
          </SubmitButton>
        </>
      )}
    </ActionForm>
  );
}
