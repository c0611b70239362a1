'use server';

import { revalidatePath } from 'next/cache';
import { getTranslations } from 'next-intl/server';
import { type FormState, textOf } from '#app/_web/form.ts';
import { submitForm } from '#app/_web/submit-form.ts';
import { setTaxProfile } from '#domain/invoicing/set-tax-profile.ts';
import { percentToBps, readRegime } from '#domain/invoicing/tax-profile.ts';

export async function saveTaxProfileAction(_state: FormState, form: FormData): Promise<FormState> {
  return submitForm(form, async (ctx) => {
    const rate = textOf(form, 'rate');
    await setTaxProfile(ctx, {
      legalName: textOf(form, 'legalName'),
      address: textOf(form, 'address'),
      country: textOf(form, 'country'),
      siren: textOf(form, 'siren'),
      vatRegime: readRegime(textOf(form, 'vatRegime')),
      vatNumber: textOf(form, 'vatNumber'),
      vatRateBps: rate.trim() === '' ? 0 : percentToBps(rate),
    });
    revalidatePath(`/${ctx.locale}/pro/invoices`);
    const t = await getTranslations({ locale: ctx.locale, namespace: 'invoices.profile' });
    return { state: 'done', message: t('saved') };
  });
}
