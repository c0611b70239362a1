'use client';

import { useActionState } from 'react';
import { type FormState, IDLE } from '#app/_web/form.ts';
import { FormMessage } from '#app/_web/form-parts.client.tsx';
import { SubmitButton } from '#ui/SubmitButton.client.tsx';

interface AccountFormProps {
  action: (state: FormState, form: FormData) => Promise<FormState>;
  locale: string;
  /** To choose from; none when the account knows its country. */
  countries: { code: string; name: string }[];
  country: string;
  words: { country: string; submit: string; pending: string };
  primary: boolean;
}

/** Leads to the provider's page. */
export function AccountForm({ action, locale, countries, country, words, primary }: AccountFormProps) {
  const [state, send] = useActionState(action, IDLE);
  return (
    <form action={send} className="stack">
      <FormMessage state={state} />
      <input type="hidden" name="locale" value={locale} />
      {countries.length === 0 ? (
        <input type="hidden" name="country" value={country} />
      ) : (
        <label className="field">
          <span>{words.country}</span>
          <select className="input" name="country" defaultValue={country}>
            {countries.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <div className="row">
        <SubmitButton kind={primary ? 'primary' : 'plain'} pending={words.pending}>
          {words.submit}
        </SubmitButton>
      </div>
    </form>
  );
}
