'use client';

import { useActionState } from 'react';
import { IDLE } from '#app/_web/form.ts';
import { FormMessage } from '#app/_web/form-parts.client.tsx';
import { SubmitButton } from '#ui/SubmitButton.client.tsx';
import { checkClaimAction } from './actions.ts';

export interface VerdictWords {
  locale: string;
  accept: string;
  refuse: string;
  acceptOf: string;
  refuseOf: string;
}

/** The two answers to one claim. */
export function ClaimVerdict({
  eventId,
  claimId,
  words,
}: {
  eventId: string;
  claimId: string;
  words: VerdictWords;
}) {
  const [state, send] = useActionState(checkClaimAction, IDLE);
  return (
    <form action={send} className="row">
      <input type="hidden" name="locale" value={words.locale} />
      <input type="hidden" name="eventId" value={eventId} />
      <input type="hidden" name="claimId" value={claimId} />
      <SubmitButton name="verdict" value="accept" label={words.acceptOf}>
        {words.accept}
      </SubmitButton>
      <SubmitButton kind="plain" name="verdict" value="refuse" label={words.refuseOf}>
        {words.refuse}
      </SubmitButton>
      <FormMessage state={state} />
    </form>
  );
}
