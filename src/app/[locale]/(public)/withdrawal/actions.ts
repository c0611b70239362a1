'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { type FormState, IDLE, textOf } from '#app/_web/form.ts';
import { readVisitor } from '#app/_web/session-cookies.ts';
import { submitForm } from '#app/_web/submit-form.ts';
import { checkStatement, stateWithdrawal } from '#domain/withdrawals/state-withdrawal.ts';
import { withdrawFromOrder } from '#domain/withdrawals/withdraw-from-order.ts';
import { formatStatementInstant } from '#domain/withdrawals/withdrawal-email.ts';
import type { WithdrawalState } from './withdrawal-state.ts';

/** By number and address, in two steps. What is answered is the same for every pair. */
export async function stateWithdrawalAction(
  _state: WithdrawalState,
  form: FormData,
): Promise<WithdrawalState> {
  const typed = {
    name: textOf(form, 'name'),
    orderNumber: textOf(form, 'orderNumber'),
    email: textOf(form, 'email'),
  };
  const step = textOf(form, 'step');
  if (step === 'fill') return { step: 'fill', form: IDLE, typed };
  let next: WithdrawalState = { step: 'check', typed };
  const answer = await submitForm(form, async (ctx) => {
    const { client } = await readVisitor(ctx);
    checkStatement(typed);
    if (step === 'confirm') {
      const { receivedAt } = await stateWithdrawal(ctx, { ...typed, client });
      next = { step: 'sent', instant: formatStatementInstant(receivedAt, ctx.locale) };
    }
    return IDLE;
  });
  return answer.state === 'refused' ? { step: 'fill', form: answer, typed } : next;
}

/** By the order's link; the page then shows what was taken down. */
export async function withdrawFromOrderAction(_state: FormState, form: FormData): Promise<FormState> {
  return submitForm(form, async (ctx) => {
    const secret = textOf(form, 'secret');
    const { client } = await readVisitor(ctx);
    const given = { name: textOf(form, 'name'), email: textOf(form, 'email') };
    await withdrawFromOrder(ctx, { secret, ...given, client });
    const page = `/${ctx.locale}/orders/${encodeURIComponent(secret)}`;
    revalidatePath(page);
    redirect(`${page}/withdrawal`);
  });
}
