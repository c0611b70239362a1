'use client';

import { useActionState } from 'react';
import { type FormState, fieldError, IDLE, typedOr } from '#app/_web/form.ts';
import { FormMessage } from '#app/_web/form-parts.client.tsx';
import { Field } from '#ui/Field.tsx';
import { SubmitButton } from '#ui/SubmitButton.client.tsx';

interface GrantFormProps {
  action: (state: FormState, form: FormData) => Promise<FormState>;
  organisationId: string;
  /** Of this page: two presses are one grant. */
  attemptId: string;
  words: { credits: string; reason: string; reasonHelp: string; give: string; giving: string };
}

/** Adds credits to one organisation, with the reason that it reads. */
export function GrantForm({ action, organisationId, attemptId, words }: GrantFormProps) {
  const [state, send] = useActionState(action, IDLE);
  return (
    <form action={send} className="stack" noValidate>
      <FormMessage state={state} />
      <input type="hidden" name="organisationId" value={organisationId} />
      <input type="hidden" name="attemptId" value={attemptId} />
      <Field
        name="credits"
        label={words.credits}
        inputMode="numeric"
        required
        defaultValue={typedOr(state, 'credits')}
        error={fieldError(state, 'credits')}
      />
      <Field
        name="reason"
        label={words.reason}
        help={words.reasonHelp}
        maxLength={200}
        required
        defaultValue={typedOr(state, 'reason')}
        error={fieldError(state, 'reason')}
      />
      <SubmitButton kind="plain" pending={words.giving}>
        {words.give}
      </SubmitButton>
    </form>
  );
}
