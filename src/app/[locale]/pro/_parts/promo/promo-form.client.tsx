'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { type FormState, fieldError, typedOr } from '#app/_web/form.ts';
import { ActionForm } from '#app/_web/form-parts.client.tsx';
import { Field, SelectField } from '#ui/Field.tsx';
import { SubmitButton } from '#ui/SubmitButton.client.tsx';
import { createPromo } from './actions.ts';

interface PromoFormProps {
  /** Events that a code may be for, the one foremost first; a code for all of them is always possible. */
  events: { id: string; name: string }[];
  /** Whether the first event is proposed, and not all of them. */
  forFirst: boolean;
  /** By whose clocks the times are read. */
  timeZone: string;
}

/** A new promo code. */
export function PromoForm(props: PromoFormProps) {
  return <ActionForm action={createPromo}>{(state) => <PromoFields {...props} state={state} />}</ActionForm>;
}

function PromoFields({ events, forFirst, timeZone, state }: PromoFormProps & { state: FormState }) {
  const t = useTranslations('prices.promo');
  const [kind, setKind] = useState(typedOr(state, 'kind', 'percent'));
  const field = (name: string, initial = '') => ({
    name,
    id: `promo-${name}`,
    defaultValue: typedOr(state, name, initial),
    error: fieldError(state, name),
  });
  return (
    <>
      <input type="hidden" name="timeZone" value={timeZone} />
      <div className="promo-fields">
        <Field
          {...field('code')}
          label={t('code')}
          help={t('codeHelp')}
          required
          autoCapitalize="characters"
        />
        <SelectField {...field('scope', forFirst ? events[0]?.id : '')} label={t('scope')}>
          <option value="">{t('allEvents')}</option>
          {events.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
        <SelectField
          name="kind"
          id="promo-kind"
          label={t('kind')}
          value={kind}
          onChange={(change) => setKind(change.target.value)}
        >
          <option value="percent">{t('percent')}</option>
          <option value="amount">{t('amount')}</option>
        </SelectField>
        <Field
          {...field('off')}
          label={t(kind === 'amount' ? 'offAmount' : 'offPercent')}
          inputMode={kind === 'amount' ? 'decimal' : 'numeric'}
          required
        />
      </div>
      <details className="fold" open={state.state === 'refused'}>
        <summary>{t('limits')}</summary>
        <div className="promo-fields">
          <Field
            {...field('startsAt')}
            label={t('startsAt')}
            type="datetime-local"
            help={t('zone', { zone: timeZone.replaceAll('_', ' ') })}
          />
          <Field {...field('endsAt')} label={t('endsAt')} type="datetime-local" />
          <Field {...field('maxUses')} label={t('maxUses')} inputMode="numeric" help={t('usesHelp')} />
          <Field {...field('maxUsesPerBuyer')} label={t('maxUsesPerBuyer')} inputMode="numeric" />
          <Field {...field('minTotal')} label={t('minTotal')} inputMode="decimal" />
        </div>
      </details>
      <p>
        <SubmitButton kind="plain" pending={t('pending')}>
          {t('create')}
        </SubmitButton>
      </p>
    </>
  );
}
