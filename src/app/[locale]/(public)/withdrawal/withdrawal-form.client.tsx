'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useActionState, useEffect, useRef } from 'react';
import { type FormState, fieldError, IDLE } from '#app/_web/form.ts';
import { FormMessage } from '#app/_web/form-parts.client.tsx';
import { Field } from '#ui/Field.tsx';
import { Notice } from '#ui/Notice.tsx';
import { SubmitButton } from '#ui/SubmitButton.client.tsx';
import { stateWithdrawalAction } from './actions.ts';
import type { TypedStatement, WithdrawalState } from './withdrawal-state.ts';

const START: WithdrawalState = {
  step: 'fill',
  form: IDLE,
  typed: { name: '', orderNumber: '', email: '' },
};

/** Three fields, the statement that they make, its confirmation, and when it came in. */
export function WithdrawalForm() {
  const t = useTranslations('invoices.withdrawal');
  const locale = useLocale();
  const [state, send] = useActionState(stateWithdrawalAction, START);
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (state.step !== 'fill') head.current?.focus();
  }, [state.step]);
  if (state.step === 'sent') {
    return (
      <section className="panel stack">
        <h2 ref={head} tabIndex={-1}>
          {t('sentTitle')}
        </h2>
        <Notice state="good" live>
          {t('sent', { instant: state.instant })}
        </Notice>
      </section>
    );
  }
  const { typed } = state;
  return (
    <form action={send} className="stack" noValidate>
      <input type="hidden" name="locale" value={locale} />
      {state.step === 'fill' ? (
        <FillFields
          key={state.form.state === 'refused' ? state.form.id : 'first'}
          form={state.form}
          typed={typed}
        />
      ) : (
        <section className="panel stack">
          <h2 ref={head} tabIndex={-1}>
            {t('checkTitle')}
          </h2>
          <p>{t('statement', { name: typed.name, number: typed.orderNumber })}</p>
          <p className="muted">{typed.email}</p>
          <input type="hidden" name="name" value={typed.name} />
          <input type="hidden" name="orderNumber" value={typed.orderNumber} />
          <input type="hidden" name="email" value={typed.email} />
          <SubmitButton wide pending={t('pending')} name="step" value="confirm">
            {t('confirm')}
          </SubmitButton>
          <SubmitButton kind="quiet" wide name="step" value="fill">
            {t('back')}
          </SubmitButton>
        </section>
      )}
    </form>
  );
}

function FillFields({ form, typed }: { form: FormState; typed: TypedStatement }) {
  const t = useTranslations('invoices.withdrawal');
  const field = (name: keyof TypedStatement) => ({
    name,
    label: t(name),
    required: true,
    defaultValue: typed[name],
    error: fieldError(form, name),
  });
  return (
    <>
      <FormMessage state={form} />
      <Field {...field('name')} autoComplete="name" />
      <Field {...field('orderNumber')} autoComplete="off" help={t('orderNumberHelp')} />
      <Field {...field('email')} type="email" autoComplete="email" help={t('emailHelp')} />
      <SubmitButton wide pending={t('pending')} name="step" value="check">
        {t('start')}
      </SubmitButton>
    </>
  );
}
