'use client';

import type { ReactNode } from 'react';
import { useCartAfterSubmit } from '../../_parts/add-photo.client.tsx';

interface CartButtonProps {
  children: ReactNode;
  pending: string;
  kind?: 'quiet' | 'plain';
  label?: string;
}

/** Submits its form and has the header count again once the cart has changed. */
export function CartButton({ children, pending, kind = 'plain', label }: CartButtonProps) {
  const waiting = useCartAfterSubmit();
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
