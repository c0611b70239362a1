'use client';

import { useActionState } from 'react';
import { type FormState, IDLE } from '#app/_web/form.ts';
import { FormMessage } from '#app/_web/form-parts.client.tsx';
import { SubmitButton } from '#ui/SubmitButton.client.tsx';

interface PackFormProps {
  action: (state: FormState, form: FormData) => Promise<FormState>;
  locale: string;
  /** Of this page: two presses are one order. */
  attemptId: string;
  packs: { credits: number; priceCents: number; name: string; price: string; each: string; buy: string }[];
  words: { buying: string };
}

/** The packs on offer, each with its button. */
export function PackForm({ action, locale, attemptId, packs, words }: PackFormProps) {
  const [state, send] = useActionState(action, IDLE);
  return (
    <>
      <FormMessage state={state} />
      <ul className="credit-packs">
        {packs.map(({ credits, priceCents, name, price, each, buy }) => (
          <li key={credits}>
            <form action={send}>
              <input type="hidden" name="locale" value={locale} />
              <input type="hidden" name="attemptId" value={attemptId} />
              <input type="hidden" name="credits" value={credits} />
              <input type="hidden" name="expectedCents" value={priceCents} />
              <h3>{name}</h3>
              <p>
                <b>{price}</b>
                <small>{each}</small>
              </p>
              <SubmitButton kind="plain" label={buy} pending={words.buying}>
                {buy}
              </SubmitButton>
            </form>
          </li>
        ))}
      </ul>
    </>
  );
}
