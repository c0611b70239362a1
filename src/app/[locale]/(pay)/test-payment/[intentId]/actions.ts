'use server';

import { refresh } from 'next/cache';
import { redirect } from 'next/navigation';
import { textOf } from '#app/_web/form.ts';
import { requestContext } from '#app/_web/request-context.ts';
import { DomainError } from '#platform/errors.ts';
import { type BankChoice, playTestBank } from '#platform/payments/play-test-bank.ts';
import { settleTestIntent, type TestChoice } from '#platform/payments/settle-test-intent.ts';

const CHOICES: readonly TestChoice[] = ['succeed', 'decline', 'delay', 'dispute'];

/** Fields: intentId, secret, choice. Ends on the order's page. */
export async function answerTestPayment(form: FormData): Promise<void> {
  const ctx = await requestContext();
  const choice = CHOICES.find((known) => known === form.get('choice'));
  if (!choice) throw new DomainError('bad-input', { public: { key: 'input.invalid' } });
  const { intent } = await settleTestIntent(ctx, {
    intentId: textOf(form, 'intentId'),
    secret: textOf(form, 'secret'),
    choice,
  });
  redirect(intent.returnUrl);
}

const BANK_CHOICES: readonly BankChoice[] = ['dispute', 'win', 'lose'];

/** Fields: intentId, secret, choice. Stays on the page of the bank. */
export async function playBank(form: FormData): Promise<void> {
  const ctx = await requestContext();
  const choice = BANK_CHOICES.find((known) => known === form.get('choice'));
  if (!choice) throw new DomainError('bad-input', { public: { key: 'input.invalid' } });
  const asked = { intentId: textOf(form, 'intentId'), secret: textOf(form, 'secret') };
  await playTestBank(ctx, { ...asked, choice });
  refresh();
}
