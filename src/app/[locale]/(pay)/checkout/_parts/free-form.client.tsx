'use client';

import { type ReactNode, useActionState } from 'react';
import { type FormState, fieldError, IDLE } from '#app/_web/form.ts';
import { Field, TickField } from '#ui/Field.tsx';
import { Notice } from '#ui/Notice.tsx';
import { SubmitButton } from '#ui/SubmitButton.client.tsx';
import { useKeptEmail } from './use-kept-email.client.ts';

interface FreeFormProps {
  action: (previous: FormState, form: FormData) => Promise<FormState>;
  locale: string;
  email: string;
  statements: readonly [string, string];
  words: {
    title: string;
    email: string;
    emailHelp: string;
    legend: string;
    receive: string;
    pending: string;
  };
  /** What ordering means in law. */
  obligation: ReactNode;
}

/** An order that costs nothing: everything on one screen. */
export function FreeForm({ action, words, statements, ...props }: FreeFormProps) {
  const [form, submit] = useActionState(action, IDLE);
  const [email, setEmail] = useKeptEmail(props.email);
  return (
    // React empties a form that was answered, and forgets that these boxes are ticked.
    <form action={submit} onReset={(reset) => reset.preventDefault()}>
      <input type="hidden" name="locale" value={props.locale} />
      <input type="hidden" name="expectedTotalCents" value={0} />
      <section className="screen" data-only="" aria-labelledby="free-title">
        <h1 id="free-title">{words.title}</h1>
        {form.state === 'refused' ? (
          <Notice state="bad" live>
            {form.message}
          </Notice>
        ) : null}
        <Field
          name="email"
          type="email"
          label={words.email}
          help={words.emailHelp}
          error={fieldError(form, 'email')}
          autoComplete="email"
          inputMode="email"
          maxLength={254}
          required
          defaultValue={email}
          onBlur={(left) => setEmail(left.target.value)}
        />
        <fieldset className="stack">
          <legend className="sr-only">{words.legend}</legend>
          <TickField name="immediate" label={statements[0]} required />
          <TickField name="waived" label={statements[1]} required />
        </fieldset>
        <SubmitButton wide pending={words.pending}>
          {words.receive}
        </SubmitButton>
        <p className="small muted">{props.obligation}</p>
      </section>
    </form>
  );
}
