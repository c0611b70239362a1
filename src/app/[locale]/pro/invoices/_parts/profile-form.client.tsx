'use client';

import { useTranslations } from 'next-intl';
import { fieldError, typedOr } from '#app/_web/form.ts';
import { ActionForm } from '#app/_web/form-parts.client.tsx';
import { Field, SelectField, TextAreaField } from '#ui/Field.tsx';
import { SubmitButton } from '#ui/SubmitButton.client.tsx';
import { saveTaxProfileAction } from '../actions.ts';

interface ProfileFormProps {
  profile: Record<'legalName' | 'address' | 'country' | 'siren' | 'vatRegime' | 'vatNumber' | 'rate', string>;
  countries: { code: string; name: string }[];
}

const REGIMES = ['exempt-293b', 'standard', 'association'] as const;

/** Who a seller is before the tax office. */
export function ProfileForm({ profile, countries }: ProfileFormProps) {
  const t = useTranslations('invoices.profile');
  return (
    <section className="panel stack" aria-labelledby="profile">
      <h2 id="profile">{t('title')}</h2>
      <p className="muted small">{t('lead')}</p>
      <ActionForm action={saveTaxProfileAction}>
        {(state) => {
          const field = (name: keyof ProfileFormProps['profile']) => ({
            name,
            label: t(name === 'vatRegime' ? 'regime' : name),
            defaultValue: typedOr(state, name, profile[name]),
            error: fieldError(state, name === 'rate' ? 'vatRateBps' : name),
          });
          return (
            <>
              <div className="fields">
                <Field
                  {...field('legalName')}
                  help={t('legalNameHelp')}
                  autoComplete="organization"
                  required
                />
                <Field {...field('siren')} help={t('sirenHelp')} inputMode="numeric" autoComplete="off" />
              </div>
              <TextAreaField {...field('address')} rows={3} autoComplete="street-address" required />
              <div className="fields">
                <SelectField {...field('country')}>
                  {countries.map(({ code, name }) => (
                    <option key={code} value={code}>
                      {name}
                    </option>
                  ))}
                </SelectField>
                <SelectField {...field('vatRegime')}>
                  {REGIMES.map((regime) => (
                    <option key={regime} value={regime}>
                      {t(`regimes.${regime}`)}
                    </option>
                  ))}
                </SelectField>
              </div>
              <div className="fields">
                <Field {...field('vatNumber')} help={t('vatNumberHelp')} autoComplete="off" />
                <Field {...field('rate')} help={t('rateHelp')} inputMode="decimal" autoComplete="off" />
              </div>
              <div>
                <SubmitButton pending={t('pending')}>{t('save')}</SubmitButton>
              </div>
            </>
          );
        }}
      </ActionForm>
    </section>
  );
}
