'use client';

import { useTranslations } from 'next-intl';
import { ActionForm } from '#app/_web/form-parts.client.tsx';
import { SubmitButton } from '#ui/SubmitButton.client.tsx';
import { EmailField } from '../_parts/account-fields.client.tsx';
import { requestResetAction } from './actions.ts';

export function ForgotForm() {
  const t = useTranslations('account');
  return (
    <ActionForm action={requestResetAction}>
      {(state) =>
        state.state === 'done' ? null : (
          <>
            <EmailField state={state} />
            <SubmitButton wide pending={t('pending')}>
              {t('forgot.submit')}
            </SubmitButton>
          </>
        )
      }
    </ActionForm>
  );
}
