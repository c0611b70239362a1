import type { StripeBooks, StripeEvent } from './stripe-books.ts';
import type { StripeWorld } from './stripe-world.ts';

/** Typed into the form's one field, these end as with Stripe's own test cards. */
export const TEST_CARDS = {
  succeeds: '4242424242424242',
  declines: '4000000000000002',
  debit: 'FR1420041010050500013M02606',
} as const;

/** In the place of js.stripe.com: a form of one field that asks the counterpart to play the bank. */
export function scriptFor(origin: string): string {
  return `window.Stripe = (key, options) => {
  const confirmPayment = async ({ elements, confirmParams }) => {
    const typed = elements.field.value.replaceAll(' ', '');
    const fields = new URLSearchParams({ key, secret: elements.secret, typed });
    const answer = await fetch('${origin}/page/confirm', { method: 'POST', body: fields });
    const { status, message } = await answer.json();
    if (message) return { error: { type: 'card_error', message, payment_intent: { status } } };
    const back = new URL(confirmParams.return_url);
    back.searchParams.set('redirect_status', status);
    window.location.assign(back);
    return {};
  };
  const elements = ({ clientSecret }) => {
    const group = { secret: clientSecret, field: null };
    group.create = () => {
      const listeners = {};
      return {
        on: (event, listener) => { listeners[event] = listener; },
        mount: (place) => {
          const label = document.createElement('label');
          label.textContent = 'Card';
          group.field = document.createElement('input');
          group.field.name = 'card';
          group.field.autocomplete = 'cc-number';
          label.append(group.field);
          place.append(label);
          listeners.ready?.();
        },
        destroy: () => group.field?.parentElement?.remove(),
      };
    };
    return group;
  };
  return { elements, confirmPayment };
};
`;
}

/** What the bank makes of a confirmed form. */
export function confirmForm(
  books: StripeBooks,
  world: StripeWorld,
  form: URLSearchParams,
): { event: StripeEvent | null; told: { status: string; message?: string } } {
  const intent = [...books.intents.values()].find((one) => one.client_secret === form.get('secret'));
  if (!intent) return { event: null, told: { status: 'none', message: 'No such payment.' } };
  if (intent.status !== 'requires_payment_method') {
    return { event: null, told: { status: intent.status, message: 'This payment is already under way.' } };
  }
  const typed = form.get('typed') ?? '';
  if (typed === TEST_CARDS.debit) {
    return { event: world.pay(intent.id, 'processing'), told: { status: 'processing' } };
  }
  if (typed === TEST_CARDS.succeeds) return { event: world.pay(intent.id), told: { status: 'succeeded' } };
  const event = world.pay(intent.id, 'decline');
  return { event, told: { status: intent.status, message: 'Your card was declined.' } };
}
