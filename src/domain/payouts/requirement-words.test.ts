import { expect, test } from 'vitest';
import en from '../../../messages/en/payouts.json' with { type: 'json' };
import fr from '../../../messages/fr/payouts.json' with { type: 'json' };
import { toRequirementWords } from './requirement-words.ts';

/** As Stripe names what it asks of sellers in France. */
const ASKED = [
  'external_account',
  'business_type',
  'business_profile.mcc',
  'business_profile.url',
  'individual.dob.day',
  'individual.dob.month',
  'individual.first_name',
  'individual.address.line1',
  'individual.verification.document',
  'person_1AbC.phone',
  'representative.relationship.title',
  'company.tax_id',
  'company.owners_provided',
  'tos_acceptance.date',
  'tos_acceptance.ip',
];

test('what a provider asks for is said in words of both languages, each once', () => {
  const { words, unknown } = toRequirementWords(ASKED);
  expect(unknown).toEqual([]);
  expect(words.filter((word) => word === 'birthday' || word === 'terms')).toEqual(['birthday', 'terms']);
  for (const word of words) {
    expect(fr.requirement[word], word).toBeTruthy();
    expect(en.requirement[word], word).toBeTruthy();
  }
});

test('what has no word of ours stays as the provider names it', () => {
  const asked = ['settings.payments.statement_descriptor', 'settings.payments.statement_descriptor'];
  expect(toRequirementWords(asked)).toEqual({
    words: [],
    unknown: ['settings.payments.statement_descriptor'],
  });
});
