import { useFormatter, useTranslations } from 'next-intl';
import { type FormState, fieldError, typedOr } from '#app/_web/form.ts';
import { SelectField, TickField } from '#ui/Field.tsx';
import type { EventDraft } from './event-draft.ts';

/** Each about halves what is published wrongly. */
const THRESHOLDS = [0.8, 0.9, 0.95, 0.98, 0.99, 0.995];

/** What this server offers, and what it costs. */
export interface Offers {
  labels: boolean;
  edit: boolean;
  creditsPerPhoto: { lite: number; premium: number };
}

/** What is looked for on the photos. What the operator has switched off is said, not shown as a field. */
export function SortingFields({
  state,
  draft,
  offers,
}: {
  state: FormState;
  draft: EventDraft;
  offers: Offers;
}) {
  const t = useTranslations('pro.sorting');
  const ticked = (name: 'detectLabels' | 'autoEdit') =>
    state.state === 'refused' ? state.typed[name] === 'on' : draft[name];
  return (
    <>
      {offers.labels ? (
        <>
          <SelectField
            name="processingMode"
            label={t('mode')}
            help={t('modeHelp')}
            defaultValue={typedOr(state, 'processingMode', draft.processingMode)}
            error={fieldError(state, 'processingMode')}
          >
            <option value="lite">{t('lite', { credits: offers.creditsPerPhoto.lite })}</option>
            <option value="premium">{t('premium', { credits: offers.creditsPerPhoto.premium })}</option>
          </SelectField>
          <TickField
            name="detectLabels"
            label={t('labels')}
            defaultChecked={ticked('detectLabels')}
            error={fieldError(state, 'detectLabels')}
          />
        </>
      ) : (
        <p className="small">{t('liteOnly', { credits: offers.creditsPerPhoto.lite })}</p>
      )}
      {offers.edit ? (
        <TickField name="autoEdit" label={t('autoEdit')} defaultChecked={ticked('autoEdit')} />
      ) : (
        <p className="small">{t('noEdit')}</p>
      )}
      {draft.eventId === null ? null : (
        <ThresholdField state={state} publishThreshold={draft.publishThreshold} />
      )}
      <p className="muted small">{t('faces')}</p>
    </>
  );
}

/** From which probability a tag is published; the one that stands is always among them. */
function ThresholdField({ state, publishThreshold }: { state: FormState; publishThreshold: number }) {
  const t = useTranslations('pro.sorting');
  const format = useFormatter();
  const choices = [...new Set([...THRESHOLDS, publishThreshold])].sort((a, b) => a - b);
  return (
    <SelectField
      name="publishThreshold"
      label={t('threshold')}
      help={t('thresholdHelp')}
      defaultValue={typedOr(state, 'publishThreshold', String(publishThreshold))}
      error={fieldError(state, 'publishThreshold')}
    >
      {choices.map((choice) => (
        <option key={choice} value={String(choice)}>
          {format.number(choice, { style: 'percent', maximumFractionDigits: 1 })}
        </option>
      ))}
    </SelectField>
  );
}
