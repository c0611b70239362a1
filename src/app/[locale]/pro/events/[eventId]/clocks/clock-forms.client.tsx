'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { type FormState, fieldError, typedOr } from '#app/_web/form.ts';
import { ActionForm } from '#app/_web/form-parts.client.tsx';
import { Field, SelectField } from '#ui/Field.tsx';
import { SubmitButton } from '#ui/SubmitButton.client.tsx';
import { changeClockAction } from './actions.ts';

interface ClockFormsProps {
  eventId: string;
  cameraKey: string;
  /** What stands now. */
  parts: { sign: string; hours: string; minutes: string; seconds: string };
  others: { cameraKey: string; label: string }[];
  shotCount: number;
  canTrustReads: boolean;
}

/** A person's word on a clock, in one of four ways. */
export function ClockForms(props: ClockFormsProps) {
  const t = useTranslations('clocks');
  const { parts, others, shotCount } = props;
  return (
    <div className="clock-forms">
      <Way {...props} to="hand" title={t('byHand')} send={t('set')}>
        {(state) => (
          <div className="fields">
            <SelectField
              name="sign"
              id={idOf('sign')}
              label={t('cameraIs')}
              defaultValue={typedOr(state, 'sign', parts.sign)}
            >
              <option value="ahead">{t('isAhead')}</option>
              <option value="behind">{t('isBehind')}</option>
            </SelectField>
            {(['hours', 'minutes', 'seconds'] as const).map((part) => (
              <Field
                key={part}
                name={part}
                id={idOf(part)}
                label={t(part)}
                inputMode="decimal"
                defaultValue={typedOr(state, part, parts[part])}
                error={fieldError(state, part)}
              />
            ))}
          </div>
        )}
      </Way>
      {others.length > 0 ? (
        <Way {...props} to="same-as" title={t('sameAs')} send={t('follow')}>
          {(state) => (
            <SelectField
              name="sameAsKey"
              id={idOf('same')}
              label={t('otherCamera')}
              defaultValue={typedOr(state, 'sameAsKey')}
            >
              {others.map(({ cameraKey, label }) => (
                <option key={cameraKey} value={cameraKey}>
                  {label}
                </option>
              ))}
            </SelectField>
          )}
        </Way>
      ) : null}
      {shotCount > 0 ? (
        <Way {...props} to="qr-clock" title={t('byShots')} send={t('useShots')}>
          {() => <p className="muted small">{t('shots', { count: shotCount })}</p>}
        </Way>
      ) : null}
      {props.canTrustReads ? (
        <Way {...props} to="solved" title={t('backToReads')} send={t('useReads')}>
          {() => <p className="muted small">{t('backToReadsHelp')}</p>}
        </Way>
      ) : null}
    </div>
  );

  function idOf(part: string): string {
    return `${part}-${props.cameraKey}`;
  }
}

function Way({
  eventId,
  cameraKey,
  to,
  title,
  send,
  children,
}: Pick<ClockFormsProps, 'eventId' | 'cameraKey'> & {
  to: string;
  title: string;
  send: string;
  children(state: FormState): ReactNode;
}) {
  const t = useTranslations('clocks');
  return (
    <fieldset className="clock-way">
      <legend>{title}</legend>
      <ActionForm action={changeClockAction}>
        {(state) => (
          <>
            <input type="hidden" name="eventId" value={eventId} />
            <input type="hidden" name="cameraKey" value={cameraKey} />
            <input type="hidden" name="to" value={to} />
            {children(state)}
            <p>
              <SubmitButton kind="plain" pending={t('pending')}>
                {send}
              </SubmitButton>
            </p>
          </>
        )}
      </ActionForm>
    </fieldset>
  );
}
