'use client';

import { useTranslations } from 'next-intl';
import { fieldError, typedOr } from '#app/_web/form.ts';
import { ActionForm } from '#app/_web/form-parts.client.tsx';
import { Field } from '#ui/Field.tsx';
import { SubmitButton } from '#ui/SubmitButton.client.tsx';
import { createFirstAdminAction } from './actions.ts';

export function FirstAdminForm({ token }: { token: string }) {
  const t = useTranslations('account');
  return (
    <ActionForm action={createFirstAdminAction}>
      {(state) => (
        <>
          <input type="hidden" name="token" value={token} />
          <Field
            name="name"
            label={t('name')}
            autoComplete="name"
            required
            defaultValue={typedOr(state, 'name')}
            error={fieldError(state, 'name')}
          />
          <Field
            name="email"
            type="email"
            label={t('email')}
            autoComplete="username"
            required
            defaultValue={typedOr(state, 'email')}
            error={fieldError(state, 'email')}
          />
          <Field
            name="password"
            type="password"
            label={t('password')}
            help={t('passwordHelp')}
            autoComplete="new-password"
            required
            error={fieldError(state, 'password')}
          />
          <SubmitButton wide pending={t('pending')}>
            {t('firstAdmin.submit')}
          </SubmitButton>
        </>
      )}
    </ActionForm>
  );
}
