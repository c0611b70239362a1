'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { ActionForm } from '#app/_web/form-parts.client.tsx';
import { RefreshWhileWaiting } from '#app/_web/refresh-while.client.tsx';
import type { PhotoEditView } from '#domain/ingest/get-photo-processing.ts';
import { RenditionImage } from '#ui/RenditionImage.tsx';
import { SubmitButton } from '#ui/SubmitButton.client.tsx';
import { askEditAction, decideEditAction } from './actions.ts';

interface EditPanelProps {
  photoId: string;
  edit: PhotoEditView;
  widthPx: number;
  heightPx: number;
}

/** The correction that is proposed: what it changes, both sides of it, and the owner's decision. */
export function EditPanel({ photoId, edit, widthPx, heightPx }: EditPanelProps) {
  const t = useTranslations('upload.edit');
  return (
    <section className="panel stack" aria-labelledby="edit">
      <header>
        <h2 id="edit">{t('title')}</h2>
        <span className="chip" data-state={edit.state === 'accepted' ? 'good' : undefined}>
          {t(`state.${edit.state}`)}
        </span>
      </header>
      <PlanWords plan={edit.plan} />
      {'before' in edit ? (
        <div className="comparison">
          {(['before', 'after'] as const).map((side) => (
            <figure key={side}>
              <RenditionImage src={edit[side]} width={widthPx} height={heightPx} alt={t(side)} />
              <figcaption className="small muted">{t(side)}</figcaption>
            </figure>
          ))}
        </div>
      ) : null}
      <p className="small muted">{t('original')}</p>
      {edit.state === 'rendering' ? (
        <RefreshWhileWaiting />
      ) : (
        <Decisions photoId={photoId} state={edit.state} />
      )}
    </section>
  );
}

function PlanWords({ plan }: Pick<PhotoEditView, 'plan'>) {
  const t = useTranslations('upload.edit');
  const format = useFormatter();
  const number = (value: number) =>
    format.number(value, { maximumFractionDigits: 1, signDisplay: 'exceptZero' });
  const [red, , blue] = plan.whiteBalance;
  const words = [
    Math.abs(plan.rotateDegrees) >= 0.1 ? t('rotate', { degrees: number(plan.rotateDegrees) }) : null,
    Math.abs(plan.exposureStops) >= 0.05 ? t('exposure', { stops: number(plan.exposureStops) }) : null,
    Math.abs(plan.contrast - 1) >= 0.02
      ? t('contrast', { percent: number((plan.contrast - 1) * 100) })
      : null,
    Math.abs(red - blue) >= 0.02 ? t(red > blue ? 'warmer' : 'cooler') : null,
  ].filter((word) => word !== null);
  return <p>{format.list(words, { type: 'conjunction' })}</p>;
}

function Decisions({
  photoId,
  state,
}: {
  photoId: string;
  state: Exclude<PhotoEditView['state'], 'rendering'>;
}) {
  const t = useTranslations('upload.edit');
  const decide = state === 'proposed' ? [] : DECISIONS[state];
  return (
    <div className="row">
      {state === 'proposed' ? (
        <ActionForm action={askEditAction} className="row">
          {() => (
            <>
              <input type="hidden" name="photoId" value={photoId} />
              <SubmitButton kind="plain" pending={t('pending')}>
                {t('look')}
              </SubmitButton>
            </>
          )}
        </ActionForm>
      ) : null}
      {decide.map((decision) => (
        <ActionForm key={decision} action={decideEditAction} className="row">
          {() => (
            <>
              <input type="hidden" name="photoId" value={photoId} />
              <input type="hidden" name="decision" value={decision} />
              <SubmitButton kind={decision === 'accepted' ? 'primary' : 'plain'} pending={t('pending')}>
                {t(state === 'accepted' ? 'undo' : decision)}
              </SubmitButton>
            </>
          )}
        </ActionForm>
      ))}
    </div>
  );
}

/** What can be decided from where it stands. */
const DECISIONS = {
  undecided: ['accepted', 'declined'],
  accepted: ['declined'],
  declined: ['accepted'],
} as const;
