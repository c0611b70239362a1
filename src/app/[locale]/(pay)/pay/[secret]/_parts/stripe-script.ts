/** The part of Stripe's script that the payment form uses (docs.stripe.com/js). */
export interface StripeScript {
  elements(options: {
    clientSecret: string;
    appearance: { theme: 'stripe' | 'night'; variables: Record<string, string> };
  }): StripeElements;
  /** Leads away when the payment is on its way; otherwise says why not. */
  confirmPayment(options: {
    elements: StripeElements;
    confirmParams: { return_url: string };
  }): Promise<{ error?: StripeFailure }>;
}

export interface StripeElements {
  create(kind: 'payment', options: { defaultValues: { billingDetails: { email: string } } }): StripeElement;
}

export interface StripeElement {
  mount(place: HTMLElement): void;
  destroy(): void;
  on(event: 'ready' | 'loaderror', listener: () => void): void;
}

export interface StripeFailure {
  type: string;
  /** In the buyer's language, for `card_error` and `validation_error`. */
  message?: string;
  payment_intent?: { status: string };
}

type OpenStripe = (publishableKey: string, options: { locale: string }) => StripeScript;

const PATIENCE_MS = 20_000;

/** Loads the script once a page, again after a failure. Throws when it does not come in time. */
export async function loadStripe(scriptUrl: string): Promise<OpenStripe> {
  const there = findStripe();
  if (there) return there;
  const script = document.createElement('script');
  script.src = scriptUrl;
  try {
    await new Promise<void>((loaded, failed) => {
      script.onload = () => loaded();
      script.onerror = () => failed(new Error('the payment script did not load'));
      setTimeout(() => failed(new Error('the payment script did not come in time')), PATIENCE_MS);
      document.head.append(script);
    });
  } catch (error) {
    script.remove();
    throw error;
  }
  const stripe = findStripe();
  if (!stripe) throw new Error('the payment script is not what it should be');
  return stripe;
}

function findStripe(): OpenStripe | null {
  const found: unknown = Reflect.get(window, 'Stripe');
  // Foreign code: its shape is what its documentation says.
  return typeof found === 'function' ? (found as OpenStripe) : null;
}
