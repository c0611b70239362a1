import { beforeEach, expect, test } from 'vitest';
import { withActor } from '#context.ts';
import { createTestContext, type TestContext } from '../../../tests/harness.ts';
import { confirmEmailChange, requestEmailChange } from './change-email.ts';
import { createAdmin, createFirstAdmin, isFirstAdminLinkOpen, offerFirstAdminLink } from './first-admin.ts';
import { getActor } from './get-actor.ts';
import { listAccounts } from './list-accounts.ts';
import { requestPasswordReset } from './request-password-reset.ts';
import { resetPassword } from './reset-password.ts';
import { signIn } from './sign-in.ts';
import { signUp } from './sign-up.ts';
import { verifyAddress } from './verify-address.ts';

const PASSWORD = 'seize chevaux dansent';
const NEW_PASSWORD = 'vingt ânes chantent';
let ctx: TestContext;
let email: string;

beforeEach(async () => {
  ctx = await createTestContext();
  email = `${ctx.random.id()}@example.org`;
});

function tokenOf(kind: string, name = 'token'): string {
  const mail = ctx.mail.posted.findLast((posted) => posted.kind === kind);
  return new RegExp(`[?&]${name}=([\\w-]+)`, 'u').exec(mail?.text ?? '')?.[1] ?? '';
}

async function openAccount() {
  await signUp(ctx, { role: 'RUNNER', name: 'Anne', email, password: PASSWORD, locale: 'fr' });
  await verifyAddress(ctx, { token: tokenOf('verify-address') });
}

const tryPassword = (password: string, address = email) =>
  signIn(ctx, { email: address, password }, new Headers());

async function signedInHeaders(): Promise<Headers> {
  const signedIn = await tryPassword(PASSWORD);
  if (signedIn.outcome !== 'signed-in') throw new Error(signedIn.outcome);
  return new Headers({ cookie: `${signedIn.cookie.name}=${encodeURIComponent(signedIn.cookie.value)}` });
}

test('a reset link changes the password once and ends every session', async () => {
  await openAccount();
  const headers = await signedInHeaders();
  await requestPasswordReset(ctx, { email });
  const token = tokenOf('reset-password');
  await resetPassword(ctx, { token, password: NEW_PASSWORD });
  expect(await getActor(ctx, headers)).toEqual({ kind: 'anonymous' });
  expect(await tryPassword(PASSWORD)).toEqual({ outcome: 'wrong-password' });
  expect(await tryPassword(NEW_PASSWORD)).toMatchObject({ outcome: 'signed-in' });
  await expect(resetPassword(ctx, { token, password: PASSWORD })).rejects.toMatchObject({
    code: 'bad-input',
  });
});

test('of two uses of a reset link at once, one wins', async () => {
  await openAccount();
  await requestPasswordReset(ctx, { email });
  const use = { token: tokenOf('reset-password'), password: NEW_PASSWORD };
  const ends = await Promise.allSettled([resetPassword(ctx, use), resetPassword(ctx, use)]);
  expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('a newer reset link kills the older one, and every link dies after an hour', async () => {
  await openAccount();
  await requestPasswordReset(ctx, { email });
  const older = tokenOf('reset-password');
  await requestPasswordReset(ctx, { email });
  await expect(resetPassword(ctx, { token: older, password: NEW_PASSWORD })).rejects.toMatchObject({
    code: 'bad-input',
  });
  ctx.clock.advance(3601);
  const newer = { token: tokenOf('reset-password'), password: NEW_PASSWORD };
  await expect(resetPassword(ctx, newer)).rejects.toMatchObject({ code: 'bad-input' });
});

test('an unknown address gets the same answer and no mail', async () => {
  expect(await requestPasswordReset(ctx, { email })).toEqual({ outcome: 'check-mail' });
  expect(ctx.mail.posted).toEqual([]);
});

test('a link of another purpose is refused', async () => {
  await openAccount();
  await requestPasswordReset(ctx, { email });
  await expect(verifyAddress(ctx, { token: tokenOf('reset-password') })).rejects.toMatchObject({
    code: 'bad-input',
  });
});

test('a new address counts once it is confirmed, and a reset link sent to the old one is dead', async () => {
  await openAccount();
  await requestPasswordReset(ctx, { email });
  const resetToken = tokenOf('reset-password');
  const me = withActor(ctx, await getActor(ctx, await signedInHeaders()));
  const address = `${ctx.random.id()}@example.org`;
  await expect(requestEmailChange(me, { email: address, currentPassword: 'wrong' })).rejects.toMatchObject({
    code: 'bad-input',
  });
  await requestEmailChange(me, { email: address, currentPassword: PASSWORD });
  expect(await tryPassword(PASSWORD, address)).toEqual({ outcome: 'wrong-password' });
  await confirmEmailChange(ctx, { token: tokenOf('change-email', 'change') });
  expect(await tryPassword(PASSWORD, address)).toMatchObject({ outcome: 'signed-in' });
  await expect(resetPassword(ctx, { token: resetToken, password: NEW_PASSWORD })).rejects.toMatchObject({
    code: 'bad-input',
  });
});

test('the first admin is made once by the link of the start, and only the operator lists accounts', async () => {
  const older = new URL((await offerFirstAdminLink(ctx)) ?? '').searchParams.get('token') ?? '';
  const token = new URL((await offerFirstAdminLink(ctx)) ?? '').searchParams.get('token') ?? '';
  expect([
    await isFirstAdminLinkOpen(ctx, { token: older }),
    await isFirstAdminLinkOpen(ctx, { token }),
  ]).toEqual([false, true]);
  const admin = { name: 'Olga', email, password: PASSWORD, locale: 'fr' } as const;
  await createFirstAdmin(ctx, { ...admin, token });
  expect(await offerFirstAdminLink(ctx)).toBeNull();
  const second = { ...admin, email: `2${email}`, token };
  await expect(createFirstAdmin(ctx, second)).rejects.toMatchObject({ code: 'bad-input' });
  await expect(createAdmin(ctx, admin)).rejects.toMatchObject({ code: 'forbidden' });
  const operator = withActor(ctx, await getActor(ctx, await signedInHeaders()));
  const found = await listAccounts(operator, { search: email, limit: 10 });
  expect(found.accounts).toMatchObject([{ email, role: 'ADMIN', emailVerified: true }]);
  await expect(listAccounts(ctx, { limit: 10 })).rejects.toMatchObject({ code: 'forbidden' });
});
