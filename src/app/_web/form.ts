/** What a form knows after it was sent. Plain data: it crosses to the browser. */
export type FormState =
  | { state: 'idle' }
  | { state: 'done'; message?: string }
  | { state: 'refused'; message: string; fields: Record<string, string> };

export const IDLE: FormState = { state: 'idle' };

export function fieldError(form: FormState, name: string): string | null {
  return form.state === 'refused' ? (form.fields[name] ?? null) : null;
}

/** A text field of a sent form; '' when it is absent or a file. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
