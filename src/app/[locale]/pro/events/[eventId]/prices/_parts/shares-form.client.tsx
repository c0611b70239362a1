'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { type FormState, fieldError, typedOr } from '#app/_web/form.ts';
import { ActionForm } from '#app/_web/form-parts.client.tsx';
import { Field, SelectField } from '#ui/Field.tsx';
import { SubmitButton } from '#ui/SubmitButton.client.tsx';
import { saveShares } from '../actions.ts';

interface SharesFormProps {
  eventId: string;
  /** Who has the organiser's share now; null for nobody. */
  organiserName: string | null;
  /** As typed: percentages and the charity's name. */
  draft: { organiser: string; charity: string; charityName: string };
}

/** The organiser's share and the charity's. What is left is the seller's and the platform's. */
export function SharesForm(props: SharesFormProps) {
  return <ActionForm action={saveShares}>{(state) => <SharesFields {...props} state={state} />}</ActionForm>;
}

function SharesFields({ eventId, organiserName, draft, state }: SharesFormProps & { state: FormState }) {
  const t = useTranslations('prices.shares');
  const [who, setWho] = useState(typedOr(state, 'who', organiserName === null ? 'none' : 'keep'));
  const field = (name: string, initial = '') => ({
    name,
    id: `share-${name}`,
    defaultValue: typedOr(state, name, initial),
    error: fieldError(state, name),
  });
  return (
    <>
      <input type="hidden" name="eventId" value={eventId} />
      <div className="promo-fields">
        <SelectField
          name="who"
          id="share-who"
          label={t('who')}
          value={who}
          error={fieldError(state, 'who')}
          onChange={(change) => setWho(change.target.value)}
        >
          {organiserName === null ? null : <option value="keep">{organiserName}</option>}
          <option value="none">{t('nobody')}</option>
          <option value="other">{t('byEmail')}</option>
        </SelectField>
        {who === 'other' ? (
          <Field {...field('email')} label={t('email')} help={t('emailHelp')} type="email" required />
        ) : null}
        {who === 'none' ? null : (
          <Field {...field('organiser', draft.organiser)} label={t('organiserShare')} inputMode="decimal" />
        )}
      </div>
      <div className="promo-fields">
        <Field {...field('charityName', draft.charityName)} label={t('charityName')} maxLength={80} />
        <Field {...field('charity', draft.charity)} label={t('charityShare')} inputMode="decimal" />
      </div>
      <p>
        <SubmitButton kind="plain" pending={t('pending')}>
          {t('save')}
        </SubmitButton>
      </p>
    </>
  );
}
