/** What a form knows after it was sent. Plain data: it crosses to the browser. */
export type FormState =
  | { state: 'idle' }
  | { state: 'done'; message?: string }
  | {
      state: 'refused';
      /** Another for each refusal, so that the fields are made anew with what was typed. */
      id?: string;
      message: string;
      /** By the name of the field, as 'races.0.name'. */
      fields: Record<string, string>;
      /** What was typed, so that nothing is typed twice. Passwords, secrets and files are not among it. */
      typed: Record<string, string>;
    };

export const IDLE: FormState = { state: 'idle' };

export function fieldError(form: FormState, name: string): string | null {
  return form.state === 'refused' ? (form.fields[name] ?? null) : null;
}

/** What was typed before a refusal, else what stands there at first. */
export function typedOr(form: FormState, name: string, initial = ''): string {
  return form.state === 'refused' ? (form.typed[name] ?? initial) : initial;
}

/** A text field of a sent form; '' when it is absent or a file. Without zero bytes, which no database takes and no person types. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.replaceAll('\0', '') : '';
}
