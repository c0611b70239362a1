import { describe, expect, it } from 'vitest';
import { compactNumber, isSiren, isSiret, isVatNumber } from './company-numbers.ts';
import { ConfigError, readConfig } from './config.ts';

const read = (env: Record<string, string>) =>
  readConfig({ AUTH_SECRET: 'test-only-0123456789-abcdefghijklmnop', ...env });

describe('numbers of companies', () => {
  it('hold their check: SIREN, SIRET, La Poste, the French VAT key', () => {
    expect([isSiren('732829320'), isSiren('732829321'), isSiren('73282932')]).toEqual([true, false, false]);
    expect([isSiret('73282932000074'), isSiret('73282932000075'), isSiret('73282932100074')]).toEqual([
      true,
      false,
      false,
    ]);
    expect([isSiret('35600000000048'), isSiret('35600000049837'), isSiret('35600000000049')]).toEqual([
      true,
      true,
      false,
    ]);
    expect([isVatNumber('FR44732829320', 'FR'), isVatNumber('FR45732829320', 'FR')]).toEqual([true, false]);
    expect([isVatNumber('DE123456789', 'DE'), isVatNumber('DE123456789', 'FR')]).toEqual([true, false]);
    expect([isVatNumber('EL123456789', 'GR'), isVatNumber('CHE123456789', 'CH')]).toEqual([true, false]);
    expect(compactNumber('fr 44 732.829-320')).toBe('FR44732829320');
  });
});

describe('the settings of the law', () => {
  it('take numbers as people write them, and sell as an agent unless told', () => {
    const config = read({
      LEGAL_NAME: 'Focus SAS',
      LEGAL_ADDRESS: '1 rue X | Annecy',
      LEGAL_SIREN: '732 829 320',
    });
    expect([config.salesMode, config.legalSiren, config.legalVatRatePercent]).toEqual([
      'agent',
      '732829320',
      20,
    ]);
  });

  it.each<[string, Record<string, string>, string]>([
    ['a merchant without a name', { SALES_MODE: 'merchant' }, 'LEGAL_NAME is needed'],
    ['a name without an address', { LEGAL_NAME: 'Focus SAS' }, 'LEGAL_ADDRESS is needed'],
    ['a SIREN with a wrong check', { LEGAL_SIREN: '732829321' }, 'LEGAL_SIREN'],
    ['a VAT number of another country', { LEGAL_VAT_NUMBER: 'DE123456789' }, 'LEGAL_VAT_NUMBER'],
  ])('refuse %s', (_case, env, told) => {
    expect(() => read(env)).toThrow(ConfigError);
    expect(() => read(env)).toThrow(told);
  });
});
