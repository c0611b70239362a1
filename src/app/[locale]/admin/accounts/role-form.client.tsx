'use client';

import { useActionState } from 'react';
import { type FormState, IDLE } from '#app/_web/form.ts';
import { SubmitButton } from '#ui/SubmitButton.client.tsx';

interface RoleFormProps {
  action: (state: FormState, form: FormData) => Promise<FormState>;
  userId: string;
  role: string;
  roles: { value: string; label: string }[];
  words: { role: string; submit: string };
}

/** Gives an account another role. */
export function RoleForm({ action, userId, role, roles, words }: RoleFormProps) {
  const [state, submit] = useActionState(action, IDLE);
  return (
    <form action={submit} className="row row-actions">
      <input type="hidden" name="id" value={userId} />
      <select className="input" name="role" defaultValue={role} key={role} aria-label={words.role}>
        {roles.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <SubmitButton kind="plain" name="verb" value="role">
        {words.submit}
      </SubmitButton>
      {state.state === 'idle' ? null : (
        <span className="small" role={state.state === 'refused' ? 'alert' : 'status'}>
          {state.message}
        </span>
      )}
    </form>
  );
}
