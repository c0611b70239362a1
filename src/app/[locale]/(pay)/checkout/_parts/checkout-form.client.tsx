'use client';

import { type ReactNode, useActionState, useEffect, useState } from 'react';
import { type FormState, fieldError, IDLE } from '#app/_web/form.ts';
import { Field, TickField } from '#ui/Field.tsx';
import { Notice } from '#ui/Notice.tsx';
import { SubmitButton } from '#ui/SubmitButton.client.tsx';
import { BillingFields, type BillingWords } from './billing-fields.client.tsx';
import { DoneStep, NextButton, Screen, type Step, useShownStep } from './checkout-screen.client.tsx';
import { useKeptEmail } from './use-kept-email.client.ts';

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
  billing: BillingWords;
}

interface CheckoutFormProps {
  action: (previous: FormState, form: FormData) => Promise<FormState>;
  locale: string;
  email: string;
  statements: readonly [string, string];
  totalCents: number;
  words: CheckoutWords;
  /** That an invoice can be made out to, by their codes. */
  countries: { code: string; name: string }[];
  /** What paying means in law. */
  obligation: ReactNode;
}

/** E-mail, the two statements, payment: one at a time, in one form. Without script all three stand below one another. */
export function CheckoutForm({ action, words, ...props }: CheckoutFormProps) {
  const [form, submit] = useActionState(action, IDLE);
  const [step, setStep] = useState<Step>(0);
  const [email, setEmail] = useKeptEmail(props.email);
  const [ticks, setTicks] = useState<[boolean, boolean]>([false, false]);
  const [missing, setMissing] = useState(false);
  const emailWrong = fieldError(form, 'email');
  const addressWrong =
    form.state === 'refused' && Object.keys(form.fields).some((name) => name.startsWith('billing'));
  const shown = useShownStep(step);
  useEffect(() => {
    if (emailWrong || addressWrong) setStep(0);
  }, [emailWrong, addressWrong]);

  function goOn(): void {
    if (step === 0) {
      if (!isFilledIn(shown.current)) return;
      // Read from the field: what was typed before the script ran is only there.
      setEmail(shown.current?.querySelector<HTMLInputElement>('input[name="email"]')?.value ?? '');
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
        <BillingFields form={form} words={words.billing} countries={props.countries} />
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

/** Whether the browser finds nothing wrong with what is asked first; says what, where it does. */
function isFilledIn(form: HTMLFormElement | null): boolean {
  const fields = form?.querySelectorAll<HTMLInputElement>(
    '.screen:first-of-type :is(input, textarea, select)',
  );
  return [...(fields ?? [])].every((field) => field.reportValidity());
}
