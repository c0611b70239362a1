'use server';

import { refresh } from 'next/cache';
import { getTranslations } from 'next-intl/server';
import { refundLines } from '#domain/orders/refund-lines.ts';
import { formatMoney } from '#ui/format-money.ts';
import { readMoney } from '#ui/read-money.ts';
import { type FormState, textOf } from './form.ts';
import { refusedForm } from './form-state.ts';
import { submitForm } from './submit-form.ts';

const AMOUNT = 'amount.';
const CURRENCY = /^[a-z]{3}$/u;

/** Fields: locale, requestId, orderId, currency, note; amount.<lineId> for each line, or all=yes. */
export async function giveBack(_state: FormState, form: FormData): Promise<FormState> {
  return submitForm(form, async (ctx) => {
    const currency = textOf(form, 'currency');
    const parts = CURRENCY.test(currency) ? readParts(form, currency) : null;
    if (parts === null) return refusedForm('orders.refundAmount', ctx.locale, form);
    const outcome = await refundLines(ctx, {
      orderId: textOf(form, 'orderId'),
      lines: parts,
      cause: 'goodwill',
      note: textOf(form, 'note'),
      requestId: textOf(form, 'requestId'),
    });
    const t = await getTranslations({ locale: ctx.locale, namespace: 'payments' });
    refresh();
    if (outcome.state === 'failed')
      return { state: 'refused', message: t('refund.done.failed'), fields: {}, typed: {} };
    const amount = formatMoney(outcome.amountCents, currency, ctx.locale);
    return { state: 'done', message: t(`refund.done.${outcome.state}`, { amount }) };
  });
}

/** Null when an amount is none, or none is written. */
function readParts(
  form: FormData,
  currency: string,
): 'all' | { lineId: string; amountCents: number }[] | null {
  if (textOf(form, 'all') === 'yes') return 'all';
  const parts: { lineId: string; amountCents: number }[] = [];
  for (const [name, value] of form) {
    if (!name.startsWith(AMOUNT) || typeof value !== 'string' || value.trim() === '') continue;
    const amountCents = readMoney(value, currency);
    if (amountCents === null) return null;
    parts.push({ lineId: name.slice(AMOUNT.length), amountCents });
  }
  return parts.length > 0 ? parts : null;
}
