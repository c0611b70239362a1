import { z } from 'zod';
import { compactNumber, isSiren, isSiret, isVatNumber } from './company-numbers.ts';
import { optionalText, setting, text } from './setting.ts';

const company = z
  .string()
  .transform(compactNumber)
  .refine((digits) => isSiren(digits) || isSiret(digits), 'must be a SIREN (9 digits) or a SIRET (14 digits)')
  .nullable()
  .default(null);

/** Who runs this installation before the law, and in whose name it sells. */
export const legalSettings = {
  salesMode: setting(
    'SALES_MODE',
    z.enum(['agent', 'merchant']).default('agent'),
    'agent',
    'agent: photos are sold in the name of their seller, on the seller’s own invoices. merchant: the platform sells them on invoices of its own (needs LEGAL_NAME). Your accountant knows which one you are.',
  ),
  legalName: setting(
    'LEGAL_NAME',
    optionalText,
    '',
    'Name of the company that runs this installation, with its legal form: on invoices and the legal page. Without it, invoices of the platform itself wait.',
  ),
  legalAddress: setting(
    'LEGAL_ADDRESS',
    optionalText,
    '',
    'Its address, lines with | between: 12 rue des Lilas | 74000 Annecy.',
  ),
  legalCountry: setting(
    'LEGAL_COUNTRY',
    z
      .string()
      .regex(/^[A-Z]{2}$/, 'must be two capital letters')
      .default('FR'),
    'FR',
    'Its country, two letters.',
  ),
  legalSiren: setting('LEGAL_SIREN', company, '', 'Its SIREN or SIRET.'),
  legalRegister: setting(
    'LEGAL_REGISTER',
    optionalText,
    '',
    'Capital and register, such as: SAS au capital de 1 000 €, RCS Annecy 123 456 782.',
  ),
  legalVatNumber: setting(
    'LEGAL_VAT_NUMBER',
    text.transform(compactNumber).nullable().default(null),
    '',
    'Its VAT number. Without it the platform charges no VAT of its own (art. 293 B du CGI).',
  ),
  legalVatRatePercent: setting(
    'LEGAL_VAT_RATE_PERCENT',
    z.coerce.number().min(0).max(30).multipleOf(0.1).default(20),
    '20',
    'Rate of VAT in what the platform itself sells, where it has a VAT number.',
  ),
  legalEmail: setting('LEGAL_EMAIL', z.email().nullable().default(null), '', 'Where people write to it.'),
  legalHost: setting(
    'LEGAL_HOST',
    optionalText,
    '',
    'Name, address and telephone of the hosting provider, for the legal page.',
  ),
  legalMediator: setting(
    'LEGAL_MEDIATOR',
    optionalText,
    '',
    'Name and address of the consumer mediator that French law asks a seller to name, for the legal page.',
  ),
};

interface LegalFacts {
  salesMode: 'agent' | 'merchant';
  legalName: string | null;
  legalAddress: string | null;
  legalCountry: string;
  legalVatNumber: string | null;
}

/** What is wrong with these settings taken together, in words for the operator. */
export function legalProblems(settings: LegalFacts): string[] {
  const { salesMode, legalName, legalAddress, legalCountry, legalVatNumber } = settings;
  const problems: string[] = [];
  if (salesMode === 'merchant' && legalName === null) {
    problems.push(
      'LEGAL_NAME is needed with SALES_MODE=merchant: the platform is then the seller on every invoice',
    );
  }
  if (legalName !== null && legalAddress === null) {
    problems.push('LEGAL_ADDRESS is needed with LEGAL_NAME: an invoice must bear both');
  }
  if (legalVatNumber !== null && !isVatNumber(legalVatNumber, legalCountry)) {
    problems.push('LEGAL_VAT_NUMBER is not of the form that LEGAL_COUNTRY gives out');
  }
  return problems;
}
