import { z } from 'zod';
import { compactNumber, isSiren, isSiret, isVatNumber } from '#platform/company-numbers.ts';
import type { taxProfiles } from './tables.ts';

export type TaxProfile = typeof taxProfiles.$inferSelect;

const REGIMES = ['exempt-293b', 'standard', 'association'] as const;

/** What a form sent; anything unknown is the one of most sellers. */
export function readRegime(text: string): TaxProfile['vatRegime'] {
  return REGIMES.find((regime) => regime === text) ?? 'exempt-293b';
}

const numberOrNull = z
  .string()
  .max(40)
  .transform((text) => compactNumber(text) || null);

/** Errors name keys of errors.json. A rate is in ten thousandths: 2000 is 20 %. */
export const taxProfileInput = z
  .object({
    legalName: z.string().trim().min(2, 'invoicing.nameNeeded').max(200),
    address: z
      .string()
      .trim()
      .min(5, 'invoicing.addressNeeded')
      .max(500)
      .transform((text) => text.replaceAll(/\s*\n\s*/g, '\n')),
    country: z.string().regex(/^[A-Z]{2}$/),
    siren: numberOrNull,
    vatRegime: z.enum(REGIMES),
    vatNumber: numberOrNull,
    vatRateBps: z.int().min(0).max(3_000),
  })
  .transform((profile) =>
    profile.vatRegime === 'standard' ? profile : { ...profile, vatNumber: null, vatRateBps: 0 },
  )
  .superRefine(({ country, siren, vatRegime, vatNumber, vatRateBps }, refuse) => {
    const wrong = (field: string, key: string) =>
      refuse.addIssue({ code: 'custom', path: [field], message: `invoicing.${key}` });
    const french = country === 'FR';
    if (siren === null && french && vatRegime !== 'association') wrong('siren', 'sirenNeeded');
    if (siren !== null && french && !isSiren(siren) && !isSiret(siren)) wrong('siren', 'sirenWrong');
    if (vatRegime !== 'standard' && !french) wrong('vatRegime', 'regimeFrench');
    if (vatRegime !== 'standard') return;
    if (vatRateBps === 0) wrong('vatRateBps', 'rateNeeded');
    if (vatNumber === null || !isVatNumber(vatNumber, country)) wrong('vatNumber', 'vatNumberWrong');
    else if (french && siren !== null && vatNumber.slice(4) !== siren.slice(0, 9)) {
      wrong('vatNumber', 'vatNumberOfAnother');
    }
  });

/** "2000" from "20", "550" from "5,5"; NaN for anything that is no percentage of at most two decimals. */
export function percentToBps(text: string): number {
  const percent = text.trim().replace(',', '.');
  return /^\d{1,2}(?:\.\d{1,2})?$/.test(percent) ? Math.round(Number(percent) * 100) : Number.NaN;
}
