'use client';

import { Field } from '#ui/Field.tsx';
import { SubmitButton } from '#ui/SubmitButton.client.tsx';
import { typedOr } from './form.ts';
import { ActionForm } from './form-parts.client.tsx';
import { giveBack } from './refund-actions.ts';

export interface RefundFormProps {
  orderId: string;
  currency: string;
  /** One for each of the two forms. */
  requestIds: { parts: string; all: string };
  lines: { lineId: string; label: string }[];
  words: {
    note: string;
    submit: string;
    pending: string;
    allSummary: string;
    allLead: string;
    allSubmit: string;
  };
}

/** Amounts for each line; and everything at once, behind one more step. */
export function RefundForm({ orderId, currency, requestIds, lines, words }: RefundFormProps) {
  const hidden = (
    <>
      <input type="hidden" name="orderId" value={orderId} />
      <input type="hidden" name="currency" value={currency} />
    </>
  );
  return (
    <div className="stack">
      <ActionForm action={giveBack}>
        {(state) => (
          <>
            {hidden}
            <input type="hidden" name="requestId" value={requestIds.parts} />
            <div className="refund-lines">
              {lines.map(({ lineId, label }) => (
                <Field
                  key={lineId}
                  id={`amount-${lineId}`}
                  name={`amount.${lineId}`}
                  label={label}
                  inputMode="decimal"
                  autoComplete="off"
                  maxLength={14}
                  defaultValue={typedOr(state, `amount.${lineId}`)}
                />
              ))}
            </div>
            <Field
              id={`note-${orderId}`}
              name="note"
              label={words.note}
              maxLength={500}
              defaultValue={typedOr(state, 'note')}
            />
            <div className="row">
              <SubmitButton pending={words.pending}>{words.submit}</SubmitButton>
            </div>
          </>
        )}
      </ActionForm>
      <details className="fold">
        <summary>{words.allSummary}</summary>
        <ActionForm action={giveBack}>
          {() => (
            <>
              {hidden}
              <input type="hidden" name="requestId" value={requestIds.all} />
              <input type="hidden" name="all" value="yes" />
              <p>{words.allLead}</p>
              <div className="row">
                <SubmitButton kind="danger" pending={words.pending}>
                  {words.allSubmit}
                </SubmitButton>
              </div>
            </>
          )}
        </ActionForm>
      </details>
    </div>
  );
}
