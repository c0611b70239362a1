'use client';

import { useEffect, useState } from 'react';
import { type FormState, fieldError } from '#app/_web/form.ts';
import { Field, SelectField, TextAreaField } from '#ui/Field.tsx';

export interface BillingWords {
  open: string;
  name: string;
  address: string;
  country: string;
  vatNumber: string;
  vatHelp: string;
}

interface BillingFieldsProps {
  form: FormState;
  words: BillingWords;
  countries: { code: string; name: string }[];
}

/** Whom the invoice is made out to, for the few who need that. Closed, nothing of it is sent; without script, what is empty is not. */
export function BillingFields({ form, words, countries }: BillingFieldsProps) {
  const [scripted, setScripted] = useState(false);
  const [open, setOpen] = useState(false);
  useEffect(() => setScripted(true), []);
  const asked = { required: scripted && open, disabled: scripted && !open };
  return (
    <details className="fold" onToggle={(toggled) => setOpen(toggled.currentTarget.open)}>
      <summary>{words.open}</summary>
      <div className="stack">
        <Field
          {...asked}
          name="billingName"
          label={words.name}
          maxLength={160}
          autoComplete="billing organization"
          error={fieldError(form, 'billing.name')}
        />
        <TextAreaField
          {...asked}
          name="billingAddress"
          label={words.address}
          rows={3}
          maxLength={400}
          autoComplete="billing street-address"
          error={fieldError(form, 'billing.address')}
        />
        <SelectField
          {...asked}
          name="billingCountry"
          label={words.country}
          autoComplete="billing country"
          defaultValue={countries[0]?.code}
          error={fieldError(form, 'billing.country')}
        >
          {countries.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </SelectField>
        <Field
          name="billingVatNumber"
          label={words.vatNumber}
          help={words.vatHelp}
          maxLength={20}
          disabled={asked.disabled}
          error={fieldError(form, 'billing.vatNumber')}
        />
      </div>
    </details>
  );
}
