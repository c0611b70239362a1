'use client';

import { useTranslations } from 'next-intl';
import { fieldError, typedOr } from '#app/_web/form.ts';
import { ActionForm } from '#app/_web/form-parts.client.tsx';
import { Field } from '#ui/Field.tsx';
import { SubmitButton } from '#ui/SubmitButton.client.tsx';
import { requestResetAction } from './actions.ts';

export function ForgotForm() {
  const t = useTranslations('account');
  return (
    <ActionForm action={requestResetAction}>
      {(state) =>
        state.state === 'done' ? null : (
          <>
            <Field
              name="email"
              type="email"
              label={t('email')}
              autoComplete="username"
              required
              defaultValue={typedOr(state, 'email')}
              error={fieldError(state, 'email')}
            />
            <SubmitButton wide pending={t('pending')}>
              {t('forgot.submit')}
            </SubmitButton>
          </>
        )
      }
    </ActionForm>
  );
}
