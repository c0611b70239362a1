'use server';

import { refresh } from 'next/cache';
import { getTranslations } from 'next-intl/server';
import { type FormState, textOf } from '#app/_web/form.ts';
import { toFormState } from '#app/_web/form-state.ts';
import { requestContext } from '#app/_web/request-context.ts';
import type { Context } from '#context.ts';
import { ROLES } from '#domain/accounts/account.ts';
import { changeRole, restoreAccount, suspendAccount } from '#domain/accounts/administer-account.ts';
import { DomainError } from '#platform/errors.ts';

/** Fields: id, verb as suspend, restore or role, and role for the last. */
export async function changeAccount(_state: FormState, form: FormData): Promise<FormState> {
  const ctx = await requestContext();
  const t = await getTranslations({ locale: ctx.locale, namespace: 'admin.accounts' });
  try {
    await applyVerb(ctx, form);
    refresh();
    return { state: 'done', message: t('done') };
  } catch (error) {
    return toFormState(error, ctx.locale);
  }
}

async function applyVerb(ctx: Context, form: FormData): Promise<void> {
  const userId = textOf(form, 'id');
  const verb = textOf(form, 'verb');
  if (verb === 'suspend') return suspendAccount(ctx, { userId });
  if (verb === 'restore') return restoreAccount(ctx, { userId });
  const role = ROLES.find((name) => name === textOf(form, 'role'));
  if (verb !== 'role' || !role) throw new DomainError('bad-input', { public: { key: 'input.invalid' } });
  return changeRole(ctx, { userId, role });
}
