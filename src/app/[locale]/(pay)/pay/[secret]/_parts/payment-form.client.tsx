'use client';

import { type FormEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { Notice } from '#ui/Notice.tsx';
import { loadStripe, type StripeElement, type StripeElements, type StripeScript } from './stripe-script.ts';

interface PaymentFormProps {
  clientSecret: string;
  publishableKey: string;
  scriptUrl: string;
  returnUrl: string;
  email: string;
  locale: string;
  words: {
    form: string;
    loading: string;
    pay: string;
    paying: string;
    unreachable: string;
    retry: string;
    failed: string;
  };
}

type Phase = 'loading' | 'ready' | 'paying' | 'unreachable';

/** Stripe's form in Stripe's frame, and our button below it. Paying ends on the order's page. */
export function PaymentForm(props: PaymentFormProps) {
  const [attempt, setAttempt] = useState(0);
  return <OneAttempt key={attempt} {...props} onRetry={() => setAttempt(attempt + 1)} />;
}

function OneAttempt({ words, onRetry, ...props }: PaymentFormProps & { onRetry: () => void }) {
  const place = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [phase, setPhase] = useState<Phase>('loading');
  const [failure, setFailure] = useState<string | null>(null);
  const opened = useOpenedForm(props, { place, button, setPhase });

  async function pay(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (phase !== 'ready' || !opened.current) return;
    setPhase('paying');
    setFailure(null);
    const { stripe, elements } = opened.current;
    const confirmParams = { return_url: props.returnUrl };
    const answer = await stripe.confirmPayment({ elements, confirmParams }).catch(() => null);
    if (!answer) return fail(words.failed);
    const { error } = answer;
    // Without a word of failure the browser is on its way to the order.
    if (!error) return;
    const status = error.payment_intent?.status;
    if (status === 'succeeded' || status === 'processing') {
      window.location.assign(props.returnUrl);
      return;
    }
    const forBuyer = error.type === 'card_error' || error.type === 'validation_error';
    fail((forBuyer && error.message) || words.failed);
  }

  function fail(message: string): void {
    setFailure(message);
    setPhase('ready');
  }

  if (phase === 'unreachable') {
    return (
      <>
        <Notice state="bad" live>
          {words.unreachable}
        </Notice>
        <button type="button" className="button" data-kind="primary" onClick={onRetry}>
          {words.retry}
        </button>
      </>
    );
  }
  return (
    <form className="payment-form" onSubmit={pay} aria-busy={phase === 'loading' || phase === 'paying'}>
      <fieldset>
        <legend className="sr-only">{words.form}</legend>
        {phase === 'loading' ? <p role="status">{words.loading}</p> : null}
        <div ref={place} className="payment-place" />
      </fieldset>
      {failure ? (
        <Notice state="bad" live>
          {failure}
        </Notice>
      ) : null}
      <button
        ref={button}
        type="submit"
        className="button"
        data-kind="primary"
        data-wide=""
        disabled={phase === 'loading'}
        aria-busy={phase === 'paying'}
      >
        {phase === 'paying' ? <span className="spinner" aria-hidden="true" /> : null}
        {phase === 'paying' ? words.paying : words.pay}
      </button>
    </form>
  );
}

type Asked = Omit<PaymentFormProps, 'words' | 'returnUrl'>;

interface Around {
  place: RefObject<HTMLDivElement | null>;
  button: RefObject<HTMLButtonElement | null>;
  setPhase: (phase: Phase) => void;
}

/** Loads the script and puts the form into its place. */
function useOpenedForm(
  { clientSecret, publishableKey, scriptUrl, email, locale }: Asked,
  { place, button, setPhase }: Around,
) {
  const opened = useRef<{ stripe: StripeScript; elements: StripeElements } | null>(null);
  useEffect(() => {
    let element: StripeElement | null = null;
    let left = false;
    loadStripe(scriptUrl)
      .then((open) => {
        if (left || !place.current) return;
        const stripe = open(publishableKey, { locale });
        const elements = stripe.elements({ clientSecret, appearance: appearanceOf(button.current) });
        element = elements.create('payment', { defaultValues: { billingDetails: { email } } });
        element.on('ready', () => setPhase('ready'));
        element.on('loaderror', () => setPhase('unreachable'));
        element.mount(place.current);
        opened.current = { stripe, elements };
      })
      .catch(() => setPhase('unreachable'));
    return () => {
      left = true;
      element?.destroy();
      opened.current = null;
    };
  }, [clientSecret, publishableKey, scriptUrl, email, locale, place, button, setPhase]);
  return opened;
}

/** The frame cannot see our styles: it is told their colours, as they are now. */
function appearanceOf(button: HTMLElement | null): Parameters<StripeScript['elements']>[0]['appearance'] {
  const dark = window.matchMedia('(prefers-color-scheme: dark)').matches;
  const variables: Record<string, string> = { borderRadius: '6px' };
  if (button) variables.colorPrimary = getComputedStyle(button).backgroundColor;
  return { theme: dark ? 'night' : 'stripe', variables };
}
