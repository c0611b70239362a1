'use client';

import { useTranslations } from 'next-intl';
import { fieldError, typedOr } from '#app/_web/form.ts';
import { ActionForm } from '#app/_web/form-parts.client.tsx';
import { Field } from '#ui/Field.tsx';
import { SubmitButton } from '#ui/SubmitButton.client.tsx';
import { decideTagAction, undoLastActAction } from './actions.ts';

interface OfPhoto {
  eventId: string;
  photoId: string;
  /** What had been decided of the photo when the page was drawn. */
  mark: string;
}

const WORDS = [
  { value: 'confirmed', kind: 'plain', label: 'confirmBib', words: 'onPhoto.confirm' },
  { value: 'rejected', kind: 'quiet', label: 'rejectBib', words: 'onPhoto.reject' },
] as const;

/** A person's word on one tag: it stands, whatever is read or imported later. */
export function TagDecision({
  bib,
  decision,
  ...photo
}: OfPhoto & { bib: string; decision: 'confirmed' | 'rejected' | null }) {
  const t = useTranslations('triage');
  const pending = t('onPhoto.pending');
  return (
    <ActionForm action={decideTagAction} className="row">
      {() => (
        <>
          <PhotoFields {...photo} />
          <input type="hidden" name="bib" value={bib} />
          {WORDS.filter((word) => word.value !== decision).map(({ value, kind, label, words }) => (
            <SubmitButton key={value} {...{ kind, value, pending }} name="decision" label={t(label, { bib })}>
              {t(words)}
            </SubmitButton>
          ))}
        </>
      )}
    </ActionForm>
  );
}

/** A runner whom nobody proposed, and the way back. */
export function TagEntry(photo: OfPhoto) {
  const t = useTranslations('triage.onPhoto');
  const pending = t('pending');
  return (
    <div className="stack tag-entry">
      <ActionForm action={decideTagAction} className="stack">
        {(state) => (
          <>
            <PhotoFields {...photo} />
            <input type="hidden" name="unlisted" value={fieldError(state, 'unlisted') ?? ''} />
            <Field
              name="bib"
              label={t('addTitle')}
              defaultValue={typedOr(state, 'bib')}
              error={fieldError(state, 'bib')}
              autoComplete="off"
              maxLength={24}
              required
            />
            <p>
              <SubmitButton kind="plain" name="decision" value="confirmed" pending={pending}>
                {t('add')}
              </SubmitButton>
            </p>
          </>
        )}
      </ActionForm>
      <ActionForm action={undoLastActAction}>
        {() => (
          <>
            <PhotoFields {...photo} />
            <p>
              <SubmitButton kind="quiet" pending={pending}>
                {t('undo')}
              </SubmitButton>
            </p>
          </>
        )}
      </ActionForm>
    </div>
  );
}

function PhotoFields({ eventId, photoId, mark }: OfPhoto) {
  return (
    <>
      <input type="hidden" name="eventId" value={eventId} />
      <input type="hidden" name="photoId" value={photoId} />
      <input type="hidden" name="mark" value={mark} />
    </>
  );
}
