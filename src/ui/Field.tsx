import type { ComponentProps, ReactNode } from 'react';
import { Icon } from './Icon.tsx';

interface FieldFrame {
  label: string;
  help?: ReactNode;
  /** What is wrong and how to put it right. */
  error?: string | null;
}

type FieldProps = FieldFrame & ComponentProps<'input'> & { name: string };
type TextAreaFieldProps = FieldFrame & ComponentProps<'textarea'> & { name: string };
type SelectFieldProps = FieldFrame & ComponentProps<'select'> & { name: string };

/** One labelled input with its help and its error. */
export function Field({ label, help, error, ...input }: FieldProps) {
  const id = input.id ?? `field-${input.name}`;
  return (
    <FieldWords id={id} label={label} help={help} error={error}>
      <input {...input} id={id} className="input" {...described(id, help, error)} />
    </FieldWords>
  );
}

export function TextAreaField({ label, help, error, ...input }: TextAreaFieldProps) {
  const id = input.id ?? `field-${input.name}`;
  return (
    <FieldWords id={id} label={label} help={help} error={error}>
      <textarea {...input} id={id} className="input" {...described(id, help, error)} />
    </FieldWords>
  );
}

export function SelectField({ label, help, error, children, ...input }: SelectFieldProps) {
  const id = input.id ?? `field-${input.name}`;
  return (
    <FieldWords id={id} label={label} help={help} error={error}>
      <select {...input} id={id} className="input" {...described(id, help, error)}>
        {children}
      </select>
    </FieldWords>
  );
}

/** A box to tick, with its whole sentence as the target. */
export function TickField({ label, error, ...input }: Omit<FieldProps, 'label'> & { label: ReactNode }) {
  const id = input.id ?? `field-${input.name}`;
  return (
    <div className="field">
      <label className="tick" htmlFor={id}>
        <input {...input} type="checkbox" id={id} {...described(id, undefined, error)} />
        <span>{label}</span>
      </label>
      {error ? <Wrong id={id} error={error} /> : null}
    </div>
  );
}

function FieldWords({ id, label, help, error, children }: FieldFrame & { id: string; children: ReactNode }) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children}
      {help ? (
        <p className="help" id={`${id}-help`}>
          {help}
        </p>
      ) : null}
      {error ? <Wrong id={id} error={error} /> : null}
    </div>
  );
}

function Wrong({ id, error }: { id: string; error: string }) {
  return (
    <p className="wrong" id={`${id}-error`}>
      <Icon name="alert" />
      <span>{error}</span>
    </p>
  );
}

function described(id: string, help: ReactNode, error: string | null | undefined) {
  const ids = [help ? `${id}-help` : null, error ? `${id}-error` : null].filter(Boolean).join(' ');
  return { 'aria-describedby': ids || undefined, 'aria-invalid': error ? (true as const) : undefined };
}
