'use client';

import { useLocale } from 'next-intl';
import { type ReactNode, useActionState, useEffect, useRef } from 'react';
import { Notice } from '#ui/Notice.tsx';
import { type FormState, IDLE } from './form.ts';

type FormAction = (state: FormState, form: FormData) => Promise<FormState>;

/** A form that sends itself to `action`, keeps what was typed when it is refused, and says what happened. */
export function ActionForm({
  action,
  children,
  className = 'stack',
}: {
  action: FormAction;
  children: (state: FormState) => ReactNode;
  className?: string;
}) {
  const locale = useLocale();
  const [state, send] = useActionState(action, IDLE);
  return (
    <form action={send} className={className} noValidate>
      <input type="hidden" name="locale" value={locale} />
      <FormMessage state={state} />
      {/* A select takes its first value only when it is made: each answer makes the fields anew. */}
      <div key={state.state === 'refused' ? state.id : state.state} className={className}>
        {children(state)}
      </div>
    </form>
  );
}

/** The message of the form; it takes the focus when the form is refused. */
export function FormMessage({ state }: { state: FormState }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (state.state === 'refused') box.current?.focus();
  }, [state]);
  if (state.state === 'idle' || !state.message) return null;
  return (
    <div ref={box} tabIndex={-1}>
      <Notice state={state.state === 'done' ? 'good' : 'bad'} live>
        {state.message}
      </Notice>
    </div>
  );
}
