'use client';

import { ActionForm } from '#app/_web/form-parts.client.tsx';
import { SubmitButton } from '#ui/SubmitButton.client.tsx';
import { endPromo } from './actions.ts';

interface EndPromoProps {
  promoCodeId: string;
  words: { end: string; endCode: string; pending: string };
}

/** Ends a code at once; orders that have it keep their price. */
export function EndPromo({ promoCodeId, words }: EndPromoProps) {
  return (
    <ActionForm action={endPromo} className="row">
      {() => (
        <>
          <input type="hidden" name="promoCodeId" value={promoCodeId} />
          <SubmitButton kind="quiet" pending={words.pending} label={words.endCode}>
            {words.end}
          </SubmitButton>
        </>
      )}
    </ActionForm>
  );
}
