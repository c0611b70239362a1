'use client';

import { useTranslations } from 'next-intl';
import { fieldError, typedOr } from '#app/_web/form.ts';
import { ActionForm } from '#app/_web/form-parts.client.tsx';
import { Field, SelectField } from '#ui/Field.tsx';
import { SubmitButton } from '#ui/SubmitButton.client.tsx';
import { NewPasswordField } from '../_parts/account-fields.client.tsx';
import {
  changeEmailAction,
  changePasswordAction,
  revokeOthersAction,
  revokeSessionAction,
  updateProfileAction,
} from './actions.ts';

interface ProfileFormProps {
  name: string;
  locale: string;
  /** Null for people who act for no organisation. */
  organisationName: string | null;
}

export function ProfileForm({ name, locale, organisationName }: ProfileFormProps) {
  const t = useTranslations('account');
  return (
    <ActionForm action={updateProfileAction}>
      {(state) => (
        <>
          <Field
            name="name"
            label={t('name')}
            autoComplete="name"
            required
            defaultValue={typedOr(state, 'name', name)}
            error={fieldError(state, 'name')}
          />
          {organisationName === null ? null : (
            <Field
              name="organisationName"
              label={t('page.organisation')}
              help={t('page.organisationHelp')}
              autoComplete="organization"
              required
              defaultValue={typedOr(state, 'organisationName', organisationName)}
              error={fieldError(state, 'organisationName')}
            />
          )}
          <SelectField
            name="language"
            label={t('page.language')}
            help={t('page.languageHelp')}
            defaultValue={typedOr(state, 'language', locale)}
          >
            <option value="fr">Français</option>
            <option value="en">English</option>
          </SelectField>
          <SubmitButton kind="plain" pending={t('pending')}>
            {t('page.save')}
          </SubmitButton>
        </>
      )}
    </ActionForm>
  );
}

export function EmailForm() {
  const t = useTranslations('account');
  return (
    <ActionForm action={changeEmailAction}>
      {(state) => (
        <>
          <Field
            id="new-email"
            name="email"
            type="email"
            label={t('page.newEmail')}
            autoComplete="email"
            required
            defaultValue={typedOr(state, 'email')}
            error={fieldError(state, 'email')}
          />
          <Field
            id="email-password"
            name="currentPassword"
            type="password"
            label={t('page.currentPassword')}
            autoComplete="current-password"
            required
            error={fieldError(state, 'currentPassword')}
          />
          <SubmitButton kind="plain" pending={t('pending')}>
            {t('page.changeEmail')}
          </SubmitButton>
        </>
      )}
    </ActionForm>
  );
}

export function PasswordForm() {
  const t = useTranslations('account');
  return (
    <ActionForm action={changePasswordAction}>
      {(state) => (
        <>
          <Field
            name="currentPassword"
            type="password"
            label={t('page.currentPassword')}
            autoComplete="current-password"
            required
            error={fieldError(state, 'currentPassword')}
          />
          <NewPasswordField state={state} />
          <SubmitButton kind="plain" pending={t('pending')}>
            {t('page.changePassword')}
          </SubmitButton>
        </>
      )}
    </ActionForm>
  );
}

export function EndSessionForm({ sessionId, label }: { sessionId: string; label: string }) {
  const t = useTranslations('account');
  return (
    <ActionForm action={revokeSessionAction} className="row">
      {() => (
        <>
          <input type="hidden" name="sessionId" value={sessionId} />
          <SubmitButton kind="quiet" label={`${t('page.endSession')}, ${label}`} pending={t('pending')}>
            {t('page.endSession')}
          </SubmitButton>
        </>
      )}
    </ActionForm>
  );
}

export function EndOtherSessionsForm() {
  const t = useTranslations('account');
  return (
    <ActionForm action={revokeOthersAction}>
      {() => (
        <SubmitButton kind="plain" pending={t('pending')}>
          {t('page.endOthers')}
        </SubmitButton>
      )}
    </ActionForm>
  );
}
