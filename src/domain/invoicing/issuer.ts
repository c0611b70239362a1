import type { Context, Locale } from '#context.ts';
import { type Party, PLATFORM } from './invoice.ts';
import type { TaxProfile } from './tax-profile.ts';

/** Who invoices, with all that the law wants to read of it. */
export interface Issuer {
  issuer: string;
  party: Party;
  vatRegime: TaxProfile['vatRegime'];
  vatRateBps: number;
}

type Config = Context['config'];

/** Whose invoice a line stands on: its seller's where the platform is an agent, else the platform's own. */
export function issuerOfLine(config: Pick<Config, 'salesMode'>, sellerId: string | null): string {
  return config.salesMode === 'agent' && sellerId !== null ? sellerId : PLATFORM;
}

/** Without the address of an account: buyers write to the platform. */
export function issuerOfProfile(profile: TaxProfile): Issuer {
  const { legalName: name, address, country, siren, vatNumber, vatRegime, vatRateBps } = profile;
  return {
    issuer: profile.organisationId,
    party: { name, address, country, siren, vatNumber, email: null },
    vatRegime,
    vatRateBps,
  };
}

/** Null until the settings say who runs the platform. */
export function platformIssuer(config: Config): Issuer | null {
  const party = platformParty(config);
  if (config.legalName === null || config.legalAddress === null) return null;
  const taxed = config.legalVatNumber !== null;
  return {
    issuer: PLATFORM,
    party,
    vatRegime: taxed ? 'standard' : 'exempt-293b',
    vatRateBps: taxed ? Math.round(config.legalVatRatePercent * 100) : 0,
  };
}

/** Who issues in a seller's name; known by the site's address until the settings say more. */
export function platformParty(config: Config): Party {
  return {
    name: config.legalName ?? `Focus Racer (${new URL(config.publicUrl).host})`,
    address: [...(config.legalAddress?.split('|') ?? []), config.legalRegister ?? '']
      .map((line) => line.trim())
      .filter(Boolean)
      .join('\n'),
    country: config.legalName === null ? null : config.legalCountry,
    siren: config.legalSiren,
    vatNumber: config.legalVatNumber,
    email: config.legalEmail,
  };
}

interface NoticeFacts {
  issuer: Issuer;
  issuedBy: Party | null;
  /** The buyer gave a VAT number, or is a pro who buys credits. */
  professional: boolean;
  locale: Locale;
}

/** The sentences that must stand on an invoice, besides its facts. */
export function noticesOf({ issuer, issuedBy, professional, locale }: NoticeFacts): string[] {
  const words = WORDS[locale];
  return [
    ...(issuer.vatRegime === 'standard' ? [] : [words[issuer.vatRegime]]),
    ...(issuedBy ? [words.onBehalf(issuedBy.name, issuer.party.name)] : []),
    ...(professional ? [words.professional] : []),
  ];
}

interface Words {
  'exempt-293b': string;
  association: string;
  onBehalf(by: string, seller: string): string;
  professional: string;
}

/** Articles: CGI 293 B (franchise), 261 7 1° (associations), 289 I-2 (issued on behalf); Code de commerce L. 441-9 and D. 441-5. */
const WORDS: Record<Locale, Words> = {
  fr: {
    'exempt-293b': 'TVA non applicable, art. 293 B du CGI',
    association: 'Exonération de TVA, art. 261, 7, 1° du CGI',
    onBehalf: (by, seller) => `Facture établie par ${by} au nom et pour le compte de ${seller}.`,
    professional:
      'Réglée à la commande, sans escompte. Entre professionnels, tout retard de paiement donne lieu à des pénalités au taux de trois fois l’intérêt légal et à une indemnité forfaitaire de recouvrement de 40 €.',
  },
  en: {
    'exempt-293b': 'VAT not applicable: TVA non applicable, art. 293 B du CGI',
    association: 'VAT exempt: Exonération de TVA, art. 261, 7, 1° du CGI',
    onBehalf: (by, seller) =>
      `Issued by ${by} in the name and on behalf of ${seller} (facture établie au nom et pour le compte de ${seller}).`,
    professional:
      'Paid on order, no discount. Between professionals, late payment bears interest at three times the French legal rate and a fixed recovery fee of €40.',
  },
};
