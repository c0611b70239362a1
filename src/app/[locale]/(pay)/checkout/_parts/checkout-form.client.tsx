'use client';

import { type ReactNode, useActionState, useEffect, useRef, useState } from 'react';
import { type FormState, fieldError, IDLE } from '#app/_web/form.ts';
import { Field, TickField } from '#ui/Field.tsx';
import { Icon } from '#ui/Icon.tsx';
import { Notice } from '#ui/Notice.tsx';
import { SubmitButton } from '#ui/SubmitButton.client.tsx';

export interface CheckoutWords {
  steps: [string, string, string];
  emailTitle: string;
  email: string;
  emailHelp: string;
  next: string;
  waiverTitle: string;
  waiverLead: string;
  waiverLegend: string;
  waiverNote: string;
  waiverMissing: string;
  payTitle: string;
  edit: string;
  editEmail: string;
  editWaiver: string;
  waived: string;
  pay: string;
  paying: string;
}

interface CheckoutFormProps {
  action: (previous: FormState, form: FormData) => Promise<FormState>;
  locale: string;
  email: string;
  statements: readonly [string, string];
  totalCents: number;
  words: CheckoutWords;
  /** What paying means in law. */
  obligation: ReactNode;
}

type Step = 0 | 1 | 2;

/** E-mail, the two statements, payment: one at a time, in one form. Without script all three stand below one another. */
export function CheckoutForm({ action, words, ...props }: CheckoutFormProps) {
  const [form, submit] = useActionState(action, IDLE);
  const [step, setStep] = useState<Step>(0);
  const [email, setEmail] = useKeptEmail(props.email);
  const [ticks, setTicks] = useState<[boolean, boolean]>([false, false]);
  const [missing, setMissing] = useState(false);
  const emailWrong = fieldError(form, 'email');
  const shown = useShownStep(step);
  useEffect(() => {
    if (emailWrong) setStep(0);
  }, [emailWrong]);

  function goOn(): void {
    if (step === 0) {
      const input = shown.current?.querySelector<HTMLInputElement>('input[name="email"]');
      // Read from the field: what was typed before the script ran is only there.
      if (!input?.reportValidity()) return;
      setEmail(input.value);
      setStep(1);
      return;
    }
    const agreed = ticks[0] && ticks[1];
    setMissing(!agreed);
    if (agreed) setStep(2);
  }

  return (
    <form
      action={submit}
      ref={shown}
      // React empties a form that was answered, and forgets that these boxes are ticked.
      onReset={(reset) => reset.preventDefault()}
      onKeyDown={(press) => {
        if (press.key !== 'Enter' || step === 2 || !(press.target instanceof HTMLInputElement)) return;
        press.preventDefault();
        goOn();
      }}
    >
      <input type="hidden" name="locale" value={props.locale} />
      <input type="hidden" name="expectedTotalCents" value={props.totalCents} />
      <Screen step={0} now={step} label={words.steps[0]} title={words.emailTitle}>
        <Field
          name="email"
          type="email"
          label={words.email}
          help={words.emailHelp}
          error={emailWrong}
          autoComplete="email"
          inputMode="email"
          maxLength={254}
          required
          defaultValue={email}
        />
        <NextButton label={words.next} onPress={goOn} />
      </Screen>
      <Screen step={1} now={step} label={words.steps[1]} title={words.waiverTitle}>
        <p className="screen-lead">{words.waiverLead}</p>
        <fieldset className="stack">
          <legend className="sr-only">{words.waiverLegend}</legend>
          <TickField
            name="immediate"
            label={props.statements[0]}
            checked={ticks[0]}
            onChange={(change) => setTicks([change.target.checked, ticks[1]])}
          />
          <TickField
            name="waived"
            label={props.statements[1]}
            checked={ticks[1]}
            onChange={(change) => setTicks([ticks[0], change.target.checked])}
          />
        </fieldset>
        {missing ? (
          <Notice state="bad" live>
            {words.waiverMissing}
          </Notice>
        ) : null}
        <NextButton label={words.next} onPress={goOn} />
        <p className="small muted">{words.waiverNote}</p>
      </Screen>
      <Screen step={2} now={step} label={words.steps[2]} title={words.payTitle}>
        {form.state === 'refused' ? (
          <Notice state="bad" live>
            {form.message}
          </Notice>
        ) : null}
        <ul className="done-steps" data-script="">
          <DoneStep said={email} edit={words.edit} label={words.editEmail} onEdit={() => setStep(0)} />
          <DoneStep
            said={words.waived}
            edit={words.edit}
            label={words.editWaiver}
            onEdit={() => setStep(1)}
          />
        </ul>
        <SubmitButton wide pending={words.paying}>
          {words.pay}
        </SubmitButton>
        <p className="small muted">{props.obligation}</p>
      </Screen>
    </form>
  );
}

const EMAIL_KEY = 'checkout e-mail';

/** The address typed, kept while the tab is open: who comes back from paying need not type it again. */
function useKeptEmail(known: string): [string, (email: string) => void] {
  const [email, setEmail] = useState(known);
  useEffect(() => {
    try {
      if (known === '') setEmail(sessionStorage.getItem(EMAIL_KEY) ?? '');
    } catch {
      // Storage is forbidden: it is typed again.
    }
  }, [known]);
  function keep(typed: string): void {
    setEmail(typed);
    try {
      sessionStorage.setItem(EMAIL_KEY, typed);
    } catch {
      // Storage is full or forbidden: it is typed again.
    }
  }
  return [email, keep];
}

/** The form; the title of a step that was just opened takes the focus, so that it is read out. */
function useShownStep(step: Step) {
  const form = useRef<HTMLFormElement>(null);
  const before = useRef(step);
  useEffect(() => {
    if (before.current !== step) form.current?.querySelector<HTMLElement>(`#step-${step}`)?.focus();
    before.current = step;
  }, [step]);
  return form;
}

interface ScreenProps {
  step: Step;
  now: Step;
  label: string;
  title: string;
  children: ReactNode;
}

function Screen({ step, now, label, title, children }: ScreenProps) {
  const off = step !== now;
  return (
    <section
      className="screen"
      data-off={off ? '' : undefined}
      data-only={off ? undefined : ''}
      aria-labelledby={`step-${step}`}
    >
      <p className="step">{label}</p>
      <h1 id={`step-${step}`} tabIndex={-1}>
        {title}
      </h1>
      {children}
    </section>
  );
}

function NextButton({ label, onPress }: { label: string; onPress: () => void }) {
  return (
    <button
      type="button"
      className="button"
      data-kind="primary"
      data-wide=""
      data-script=""
      onClick={onPress}
    >
      {label}
    </button>
  );
}

interface DoneStepProps {
  said: string;
  edit: string;
  label: string;
  onEdit: () => void;
}

function DoneStep({ said, edit, label, onEdit }: DoneStepProps) {
  return (
    <li>
      <Icon name="check" />
      <span>{said}</span>
      <button type="button" className="act" aria-label={label} onClick={onEdit}>
        {edit}
      </button>
    </li>
  );
}
