'use client';

import { useTranslations } from 'next-intl';
import { fieldError, typedOr } from '#app/_web/form.ts';
import { ActionForm } from '#app/_web/form-parts.client.tsx';
import { Field, SelectField } from '#ui/Field.tsx';
import { SubmitButton } from '#ui/SubmitButton.client.tsx';
import { signUpAction } from './actions.ts';

export function SignUpForm({ roles, role }: { roles: readonly string[]; role: string }) {
  const t = useTranslations('account');
  return (
    <ActionForm action={signUpAction}>
      {(state) =>
        state.state === 'done' ? null : (
          <>
            <SelectField
              name="role"
              label={t('signUp.role')}
              defaultValue={typedOr(state, 'role', role)}
              error={fieldError(state, 'role')}
            >
              {roles.map((known) => (
                <option key={known} value={known}>
                  {t(`roles.${known}`)}
                </option>
              ))}
            </SelectField>
            <Field
              name="name"
              label={t('name')}
              help={t('signUp.nameHelp')}
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
              {t('signUp.submit')}
            </SubmitButton>
          </>
        )
      }
    </ActionForm>
  );
}
