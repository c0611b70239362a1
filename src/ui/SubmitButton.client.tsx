'use client';

import type { ReactNode } from 'react';
import { useFormStatus } from 'react-dom';

interface SubmitButtonProps {
  children: ReactNode;
  /** Said while the form is on its way; without it the words stay. */
  pending?: string;
  kind?: 'primary' | 'quiet' | 'danger' | 'plain';
  wide?: boolean;
  disabled?: boolean;
  name?: string;
  value?: string;
  label?: string;
}

/** Submits its form once: while the answer is awaited it says so and takes no second press. */
export function SubmitButton(props: SubmitButtonProps) {
  const { pending } = useFormStatus();
  const kind = props.kind ?? 'primary';
  return (
    <button
      type="submit"
      className="button"
      data-kind={kind === 'plain' ? undefined : kind}
      data-wide={props.wide ? '' : undefined}
      disabled={props.disabled}
      aria-busy={pending}
      aria-label={props.label}
      name={props.name}
      value={props.value}
      onClick={(click) => {
        if (pending) click.preventDefault();
      }}
    >
      {pending ? <span className="spinner" aria-hidden="true" /> : null}
      {pending && props.pending ? props.pending : props.children}
    </button>
  );
}
