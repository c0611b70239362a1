'use client';

import type { ReactNode } from 'react';
import { useFormStatus } from 'react-dom';

interface CartButtonProps {
  children: ReactNode;
  pending: string;
  kind?: 'quiet' | 'plain';
  label?: string;
}

/** Submits its form once, and says so while the answer is awaited. */
export function CartButton({ children, pending, kind = 'plain', label }: CartButtonProps) {
  const { pending: waiting } = useFormStatus();
  return (
    <button
      type="submit"
      className="button"
      data-kind={kind === 'quiet' ? 'quiet' : undefined}
      aria-label={label}
      aria-busy={waiting}
      onClick={(click) => {
        if (waiting) click.preventDefault();
      }}
    >
      {waiting ? <span className="spinner" aria-hidden="true" /> : null}
      {waiting ? pending : children}
    </button>
  );
}
