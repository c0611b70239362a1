'use client';

import { useTranslations } from 'next-intl';
import { fieldError, typedOr } from '#app/_web/form.ts';
import { ActionForm } from '#app/_web/form-parts.client.tsx';
import { withdrawFromOrderAction } from '#app/[locale]/(public)/withdrawal/actions.ts';
import { Field } from '#ui/Field.tsx';
import { SubmitButton } from '#ui/SubmitButton.client.tsx';

interface ConfirmFormProps {
  secret: string;
  orderNumber: string;
  /** Of the order; another one may be given for the acknowledgement. */
  email: string;
}

/** The statement with the name of who makes it, and the button that the law names. */
export function ConfirmForm({ secret, orderNumber, email }: ConfirmFormProps) {
  const t = useTranslations('invoices.withdrawal');
  return (
    <section className="panel stack">
      <h2>{t('checkTitle')}</h2>
      <p>{t('statementOf', { number: orderNumber })}</p>
      <ActionForm action={withdrawFromOrderAction}>
        {(state) => (
          <>
            <input type="hidden" name="secret" value={secret} />
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
              label={t('acknowledgeTo')}
              autoComplete="email"
              required
              defaultValue={typedOr(state, 'email', email)}
              error={fieldError(state, 'email')}
            />
            <SubmitButton wide pending={t('pending')}>
              {t('confirm')}
            </SubmitButton>
          </>
        )}
      </ActionForm>
    </section>
  );
}
