import { useTranslations } from 'next-intl';
import { type FormState, fieldError, typedOr } from '#app/_web/form.ts';
import { SelectField, TickField } from '#ui/Field.tsx';
import type { EventDraft } from './event-draft.ts';

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
      <p className="muted small">{t('faces')}</p>
    </>
  );
}
