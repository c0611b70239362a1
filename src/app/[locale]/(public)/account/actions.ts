'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { type FormState, textOf } from '#app/_web/form.ts';
import { isLocale } from '#app/_web/locales.ts';
import { requestContext } from '#app/_web/request-context.ts';
import { dropSession, keepSession, readVisitor } from '#app/_web/session-cookies.ts';
import { submitForm } from '#app/_web/submit-form.ts';
import type { Locale } from '#context.ts';
import { requestEmailChange } from '#domain/accounts/change-email.ts';
import { changePassword } from '#domain/accounts/change-password.ts';
import { revokeOtherSessions, revokeSession } from '#domain/accounts/sessions.ts';
import { signIn } from '#domain/accounts/sign-in.ts';
import { signOut } from '#domain/accounts/sign-out.ts';
import { updateProfile } from '#domain/accounts/update-profile.ts';

export async function updateProfileAction(_state: FormState, form: FormData): Promise<FormState> {
  return submitForm(form, async (ctx) => {
    const language = textOf(form, 'language');
    await updateProfile(ctx, {
      name: textOf(form, 'name'),
      locale: isLocale(language) ? language : ctx.locale,
      organisationName: form.has('organisationName') ? textOf(form, 'organisationName') : undefined,
    });
    revalidatePath(`/${ctx.locale}/account`);
    return done(ctx.locale, 'page.profileSaved');
  });
}

export async function changeEmailAction(_state: FormState, form: FormData): Promise<FormState> {
  return submitForm(form, async (ctx) => {
    const currentPassword = textOf(form, 'currentPassword');
    await requestEmailChange(ctx, { email: textOf(form, 'email'), currentPassword });
    return done(ctx.locale, 'page.emailSent');
  });
}

export async function changePasswordAction(_state: FormState, form: FormData): Promise<FormState> {
  return submitForm(form, async (ctx) => {
    const password = textOf(form, 'password');
    const { email } = await changePassword(ctx, {
      currentPassword: textOf(form, 'currentPassword'),
      password,
    });
    const { headers, ...visitor } = await readVisitor(ctx);
    const again = await signIn(ctx, { email, password, ...visitor }, headers);
    if (again.outcome !== 'signed-in') redirect(`/${ctx.locale}/sign-in?after=password`);
    await keepSession(ctx, again.cookie, again.device);
    return done(ctx.locale, 'page.passwordSaved');
  });
}

export async function revokeSessionAction(_state: FormState, form: FormData): Promise<FormState> {
  return submitForm(form, async (ctx) => {
    await revokeSession(ctx, { sessionId: textOf(form, 'sessionId') });
    revalidatePath(`/${ctx.locale}/account`);
    return done(ctx.locale, 'page.sessionEnded');
  });
}

export async function revokeOthersAction(_state: FormState, form: FormData): Promise<FormState> {
  return submitForm(form, async (ctx) => {
    const { headers } = await readVisitor(ctx);
    await revokeOtherSessions(ctx, headers);
    revalidatePath(`/${ctx.locale}/account`);
    return done(ctx.locale, 'page.sessionsEnded');
  });
}

export async function signOutAction(form: FormData): Promise<void> {
  const ctx = await requestContext(textOf(form, 'locale'));
  const { headers } = await readVisitor(ctx);
  await signOut(ctx, headers);
  await dropSession(ctx);
  redirect(`/${ctx.locale}/sign-in?after=out`);
}

async function done(locale: Locale, key: string): Promise<FormState> {
  const t = await getTranslations({ locale, namespace: 'account' });
  return { state: 'done', message: t(key) };
}
