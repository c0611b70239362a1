'use client';

import { useActionState } from 'react';
import { type FormState, IDLE } from '#app/_web/form.ts';
import { SubmitButton } from '#ui/SubmitButton.client.tsx';

interface RowActionsProps {
  action: (state: FormState, form: FormData) => Promise<FormState>;
  id: string;
  buttons: { value: string; label: string }[];
}

/** The verbs of one row, and what came of the last one. */
export function RowActions({ action, id, buttons }: RowActionsProps) {
  const [state, submit] = useActionState(action, IDLE);
  return (
    <form action={submit} className="row row-actions">
      <input type="hidden" name="id" value={id} />
      {buttons.map((button) => (
        <SubmitButton key={button.value} kind="plain" name="verb" value={button.value}>
          {button.label}
        </SubmitButton>
      ))}
      {state.state === 'idle' ? null : (
        <span className="small" role={state.state === 'refused' ? 'alert' : 'status'}>
          {state.message}
        </span>
      )}
    </form>
  );
}
