'use client';

import { ActionForm } from '#app/_web/form-parts.client.tsx';
import { SubmitButton } from '#ui/SubmitButton.client.tsx';
import { sendEvidenceToBank } from '../actions.ts';

interface SendFormProps {
  disputeId: string;
  words: { once: string; send: string; sending: string };
}

/** Hands the evidence to the bank, for good. */
export function SendForm({ disputeId, words }: SendFormProps) {
  return (
    <ActionForm action={sendEvidenceToBank}>
      {() => (
        <>
          <input type="hidden" name="disputeId" value={disputeId} />
          <p className="small muted">{words.once}</p>
          <div className="row">
            <SubmitButton pending={words.sending}>{words.send}</SubmitButton>
          </div>
        </>
      )}
    </ActionForm>
  );
}
