'use server';

import { redirect } from 'next/navigation';
import { type FormState, textOf } from '#app/_web/form.ts';
import { refusedForm } from '#app/_web/form-state.ts';
import { safeNextPath } from '#app/_web/guards.ts';
import { keepSession, readVisitor } from '#app/_web/session-cookies.ts';
import { submitForm } from '#app/_web/submit-form.ts';
import type { Context, Role } from '#context.ts';
import { isProRole } from '#domain/accounts/account.ts';
import { signIn } from '#domain/accounts/sign-in.ts';

const REFUSALS = {
  'wrong-password': 'accounts.wrongPassword',
  'address-not-verified': 'accounts.addressNotVerified',
  suspended: 'accounts.suspended',
} as const;

export async function signInAction(_state: FormState, form: FormData): Promise<FormState> {
  return submitForm(form, async (ctx) => {
    const { client, device, headers } = await readVisitor(ctx);
    const credentials = { email: textOf(form, 'email'), password: textOf(form, 'password') };
    const outcome = await signIn(ctx, { ...credentials, client, device }, headers);
    if (outcome.outcome !== 'signed-in') return refusedForm(REFUSALS[outcome.outcome], ctx.locale, form);
    await keepSession(ctx, outcome.cookie, outcome.device);
    redirect(safeNextPath(textOf(form, 'next')) ?? homeOf(ctx, outcome.role));
  });
}

function homeOf(ctx: Context, role: Role): string {
  if (role === 'ADMIN') return `/${ctx.locale}/${ctx.config.adminPath}`;
  return isProRole(role) ? `/${ctx.locale}/pro` : `/${ctx.locale}/account`;
}
