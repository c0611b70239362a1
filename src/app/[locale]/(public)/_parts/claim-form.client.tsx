'use client';

import { useActionState, useEffect, useState } from 'react';
import { type FormState, fieldError, IDLE } from '#app/_web/form.ts';
import { FormMessage } from '#app/_web/form-parts.client.tsx';
import { fill } from '#ui/fill.ts';
import { PhotoFigure } from '#ui/PhotoFigure.tsx';
import { describePhoto, type PhotoCard, type PhotoWords } from '#ui/photo-card.ts';
import { SubmitButton } from '#ui/SubmitButton.client.tsx';

export interface ClaimWords extends PhotoWords {
  /** "Je suis sur la photo 3": `{photo}` is what can be said of it. */
  pick: string;
  bibLabel: string;
  sendNone: string;
  sendOne: string;
  sendMany: string;
  pending: string;
  what: string;
}

interface ClaimFormProps {
  action: (state: FormState, form: FormData) => Promise<FormState>;
  kind: 'me' | 'not-me';
  eventId: string;
  /** Whose photos they may be; '' lets the runner say it. */
  bib: string;
  photos: PhotoCard[];
  photoBase: string;
  words: ClaimWords;
}

const EAGER = 6;

/** Photos to tick, and the one thing to say of those that are ticked. What is ticked stays so when it is refused. */
export function ClaimForm({ action, kind, eventId, bib, photos, photoBase, words }: ClaimFormProps) {
  const [state, send] = useActionState(action, IDLE);
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [typedBib, setTypedBib] = useState(bib);
  useEffect(() => {
    if (state.state === 'done') setPicked(new Set());
  }, [state]);
  const toggle = (photoId: string) => setPicked((before) => toggled(before, photoId));
  return (
    <form action={send} className="claim" noValidate>
      <input type="hidden" name="locale" value={words.locale} />
      <input type="hidden" name="eventId" value={eventId} />
      <input type="hidden" name="kind" value={kind} />
      <p className="claim-what">{words.what}</p>
      <div className="photos" data-large="">
        {photos.map((photo, index) => {
          const alt = describePhoto(photo, index + 1, words);
          return (
            <PhotoFigure
              key={photo.id}
              photo={photo}
              href={`${photoBase}/${photo.id}`}
              alt={alt}
              eager={index < EAGER}
            >
              <label className="pick">
                {/* A form that was answered is put back to how it was made: made anew, a box stays as it is ticked. */}
                <input
                  key={state.state === 'refused' ? state.id : state.state}
                  type="checkbox"
                  name="photoId"
                  value={photo.id}
                  checked={picked.has(photo.id)}
                  onChange={() => toggle(photo.id)}
                  aria-label={fill(words.pick, { photo: alt })}
                />
              </label>
            </PhotoFigure>
          );
        })}
      </div>
      <div className="claim-bar">
        <FormMessage state={withFieldWords(state)} />
        <div className="claim-send">
          {kind === 'me' ? (
            <label className="claim-bib">
              <span>{words.bibLabel}</span>
              <input
                className="input"
                name="bib"
                autoComplete="off"
                maxLength={20}
                value={typedBib}
                onChange={(change) => setTypedBib(change.target.value)}
                aria-invalid={fieldError(state, 'bib') !== null}
              />
            </label>
          ) : (
            <input type="hidden" name="bib" value={bib} />
          )}
          <SubmitButton pending={words.pending} disabled={picked.size === 0}>
            {sendWords(words, picked.size)}
          </SubmitButton>
        </div>
      </div>
    </form>
  );
}

/** The one sentence that says most: of the field that is wrong, where one is. */
function withFieldWords(state: FormState): FormState {
  if (state.state !== 'refused') return state;
  return { ...state, message: fieldError(state, 'bib') ?? fieldError(state, 'photoIds') ?? state.message };
}

function sendWords(words: ClaimWords, count: number): string {
  if (count === 0) return words.sendNone;
  return count === 1 ? words.sendOne : fill(words.sendMany, { count });
}

function toggled(picked: ReadonlySet<string>, photoId: string): ReadonlySet<string> {
  const others = [...picked].filter((id) => id !== photoId);
  return new Set(picked.has(photoId) ? others : [...others, photoId]);
}
