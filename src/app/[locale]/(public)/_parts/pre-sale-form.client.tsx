'use client';

import { useActionState } from 'react';
import { type FormState, IDLE, typedOr } from '#app/_web/form.ts';
import { Field } from '#ui/Field.tsx';
import { TakeButton } from './runner-offer.client.tsx';

interface PreSaleFormProps {
  action: (previous: FormState, form: FormData) => Promise<FormState>;
  locale: string;
  eventId: string;
  words: { bib: string; take: string; pending: string };
}

/** Whose photos are bought before there is any. */
export function PreSaleForm({ action, locale, eventId, words }: PreSaleFormProps) {
  const [state, send] = useActionState(action, IDLE);
  return (
    <form action={send} className="pre-sale-form">
      <input type="hidden" name="locale" value={locale} />
      <input type="hidden" name="eventId" value={eventId} />
      <Field
        key={state.state === 'refused' ? state.id : ''}
        id="pre-sale-bib"
        name="bib"
        label={words.bib}
        required
        maxLength={20}
        autoComplete="off"
        autoCapitalize="characters"
        defaultValue={typedOr(state, 'bib')}
        error={state.state === 'refused' ? state.message : null}
      />
      <TakeButton label={words.take} pendingLabel={words.pending} />
    </form>
  );
}
