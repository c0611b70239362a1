'use client';

import { Notice } from '#ui/Notice.tsx';

/** What came of the last step, for eyes and ears. */
export function ImportStatus({
  pending,
  reading,
  answer,
  imported,
}: {
  pending: boolean;
  reading: string;
  answer: { state: string; message?: string } | null;
  /** Said once it is brought in. */
  imported: string | null;
}) {
  return (
    <div aria-live="polite">
      {pending ? <p className="muted">{reading}</p> : null}
      {answer?.state === 'refused' ? <Notice state="bad">{answer.message}</Notice> : null}
      {imported === null ? null : <Notice state="good">{imported}</Notice>}
    </div>
  );
}

interface ConfirmImportProps {
  pending: boolean;
  disabled?: boolean;
  /** What the button does. */
  label: string;
  missing: number;
  removeLabel: string;
  removeMissing: boolean;
  setRemoveMissing(ticked: boolean): void;
  confirm(): void;
}

/** The last step: removing is ticked apart and never goes along by itself. */
export function ConfirmImport(props: ConfirmImportProps) {
  const { pending, removeMissing, setRemoveMissing } = props;
  return (
    <>
      {props.missing > 0 ? (
        <label className="tick">
          <input
            type="checkbox"
            checked={removeMissing}
            onChange={(change) => setRemoveMissing(change.target.checked)}
          />
          <span>{props.removeLabel}</span>
        </label>
      ) : null}
      <p>
        <button
          type="button"
          className="button"
          data-kind="primary"
          aria-busy={pending}
          disabled={pending || props.disabled}
          onClick={props.confirm}
        >
          {pending ? <span className="spinner" aria-hidden="true" /> : null}
          {props.label}
        </button>
      </p>
    </>
  );
}
