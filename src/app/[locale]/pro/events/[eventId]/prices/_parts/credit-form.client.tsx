'use client';

import { useTranslations } from 'next-intl';
import { fieldError, typedOr } from '#app/_web/form.ts';
import { ActionForm } from '#app/_web/form-parts.client.tsx';
import { Field } from '#ui/Field.tsx';
import { SubmitButton } from '#ui/SubmitButton.client.tsx';
import { saveFileCredit } from '../credit-actions.ts';

interface CreditFormProps {
  eventId: string;
  credit: string;
  licence: string;
}

/** What is written into the files that buyers download. */
export function CreditForm({ eventId, credit, licence }: CreditFormProps) {
  const t = useTranslations('prices.credit');
  return (
    <ActionForm action={saveFileCredit}>
      {(state) => (
        <>
          <input type="hidden" name="eventId" value={eventId} />
          <Field
            name="credit"
            label={t('credit')}
            help={t('creditHelp')}
            maxLength={32}
            defaultValue={typedOr(state, 'credit', credit)}
            error={fieldError(state, 'credit')}
          />
          <Field
            name="licence"
            label={t('licence')}
            help={t('licenceHelp')}
            maxLength={256}
            defaultValue={typedOr(state, 'licence', licence)}
            error={fieldError(state, 'licence')}
          />
          <p>
            <SubmitButton kind="plain" pending={t('pending')}>
              {t('save')}
            </SubmitButton>
          </p>
        </>
      )}
    </ActionForm>
  );
}
