'use client';

import { useTranslations } from 'next-intl';
import { fieldError, typedOr } from '#app/_web/form.ts';
import { ActionForm } from '#app/_web/form-parts.client.tsx';
import { SelectField } from '#ui/Field.tsx';
import { SubmitButton } from '#ui/SubmitButton.client.tsx';
import { EmailField, NameField, NewPasswordField } from '../_parts/account-fields.client.tsx';
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
            <NameField state={state} help={t('signUp.nameHelp')} />
            <EmailField state={state} />
            <NewPasswordField state={state} label={t('password')} />
            <SubmitButton wide pending={t('pending')}>
              {t('signUp.submit')}
            </SubmitButton>
          </>
        )
      }
    </ActionForm>
  );
}
