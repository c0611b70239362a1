'use client';

import { useTranslations } from 'next-intl';
import { type FormState, fieldError, typedOr } from '#app/_web/form.ts';
import { Field } from '#ui/Field.tsx';

interface AccountFieldProps {
  state: FormState;
  label?: string;
  help?: string;
}

export function NameField({ state, help }: AccountFieldProps) {
  const t = useTranslations('account');
  return (
    <Field
      name="name"
      label={t('name')}
      help={help}
      autoComplete="name"
      required
      defaultValue={typedOr(state, 'name')}
      error={fieldError(state, 'name')}
    />
  );
}

/** The address one signs in with. */
export function EmailField({ state }: AccountFieldProps) {
  const t = useTranslations('account');
  return (
    <Field
      name="email"
      type="email"
      label={t('email')}
      autoComplete="username"
      required
      defaultValue={typedOr(state, 'email')}
      error={fieldError(state, 'email')}
    />
  );
}

/** A password being chosen; the one in use has a field of its own. */
export function NewPasswordField({ state, label }: AccountFieldProps) {
  const t = useTranslations('account');
  return (
    <Field
      name="password"
      type="password"
      label={label ?? t('newPassword')}
      help={t('passwordHelp')}
      autoComplete="new-password"
      required
      error={fieldError(state, 'password')}
    />
  );
}
