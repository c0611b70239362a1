import { useTranslations } from 'next-intl';
import { type FormState, fieldError, typedOr } from '#app/_web/form.ts';
import { Field } from '#ui/Field.tsx';
import type { OfferDraft } from './offer-draft.ts';

const SELLINGS = ['paid', 'sponsored', 'free', 'off'] as const;

interface SellingChoiceProps {
  state: FormState;
  draft: OfferDraft;
  selling: string;
  setSelling(selling: string): void;
}

/** Whether and how the event sells; the sponsor's name where there is one. */
export function SellingChoice({ state, draft, selling, setSelling }: SellingChoiceProps) {
  const t = useTranslations('prices.selling');
  return (
    <>
      <fieldset className="choices">
        <legend className="sr-only">{t('title')}</legend>
        {SELLINGS.map((kind) => (
          <label className="choice" key={kind}>
            <input
              type="radio"
              name="selling"
              value={kind}
              defaultChecked={typedOr(state, 'selling', draft.selling) === kind}
              onChange={() => setSelling(kind)}
            />
            <span>
              {t(kind)}
              <small className="muted">{t(`${kind}Text`)}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <div hidden={selling !== 'sponsored'}>
        <Field
          name="sponsorName"
          label={t('sponsorName')}
          help={t('sponsorHelp')}
          maxLength={80}
          defaultValue={typedOr(state, 'sponsorName', draft.sponsorName)}
          error={fieldError(state, 'sponsorName')}
        />
      </div>
    </>
  );
}
