'use client';

import { useTranslations } from 'next-intl';
import { fieldError } from '#app/_web/form.ts';
import { ActionForm } from '#app/_web/form-parts.client.tsx';
import { Field } from '#ui/Field.tsx';
import { SubmitButton } from '#ui/SubmitButton.client.tsx';
import { EmailField } from '../_parts/account-fields.client.tsx';
import { signInAction } from './actions.ts';

export function SignInForm({ next }: { next: string }) {
  const t = useTranslations('account');
  return (
    <ActionForm action={signInAction}>
      {(state) => (
        <>
          <input type="hidden" name="next" value={next} />
          <EmailField state={state} />
          <Field
            name="password"
            type="password"
            label={t('password')}
            autoComplete="current-password"
            required
            error={fieldError(state, 'password')}
          />
          <SubmitButton wide pending={t('pending')}>
            {t('signIn.submit')}
          </SubmitButton>
        </>
      )}
    </ActionForm>
  );
}
