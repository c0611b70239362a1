import { eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { withActor } from '#context.ts';
import { createTestContext, type TestContext } from '../../../tests/harness.ts';
import { changeRole, restoreAccount, suspendAccount } from './administer-account.ts';
import { changePassword } from './change-password.ts';
import { getAccount } from './get-account.ts';
import { getActor } from './get-actor.ts';
import { limitClient } from './limit-attempts.ts';
import { listSessions, revokeOtherSessions, revokeSession } from './sessions.ts';
import { type SignInOutcome, signIn } from './sign-in.ts';
import { signOut } from './sign-out.ts';
import { signUp } from './sign-up.ts';
import { users } from './tables.ts';
import { verifyAddress } from './verify-address.ts';

const PASSWORD = 'seize chevaux dansent';
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

async function openAccount(role: 'PHOTOGRAPHER' | 'RUNNER' = 'PHOTOGRAPHER') {
  await signUp(ctx, { role, name: 'Anne Durand', email, password: PASSWORD, locale: 'fr' });
  await verifyAddress(ctx, { token: tokenOf('verify-address') });
}

const tryPassword = (password: string, extra: object = {}) =>
  signIn(ctx, { email, password, ...extra }, new Headers({ 'user-agent': 'Firefox' }));

async function openSession(): Promise<Headers> {
  return headersOf(await tryPassword(PASSWORD));
}

function headersOf(signedIn: SignInOutcome): Headers {
  if (signedIn.outcome !== 'signed-in') throw new Error(signedIn.outcome);
  return new Headers({ cookie: `${signedIn.cookie.name}=${encodeURIComponent(signedIn.cookie.value)}` });
}

test('a photographer who confirmed their address acts for an organisation of their own', async () => {
  await openAccount();
  const actor = await getActor(ctx, await openSession());
  expect(actor).toMatchObject({ kind: 'account', role: 'PHOTOGRAPHER' });
  const account = await getAccount(withActor(ctx, actor));
  expect(account).toMatchObject({
    email,
    emailVerified: true,
    organisation: { name: 'Anne Durand', kind: 'PHOTOGRAPHER' },
  });
});

test('a runner has no organisation', async () => {
  await openAccount('RUNNER');
  expect(await getActor(ctx, await openSession())).toMatchObject({ role: 'RUNNER', organisationId: null });
});

test('an address that is not confirmed does not sign in, and gets a new link', async () => {
  await signUp(ctx, { role: 'RUNNER', name: 'Anne', email, password: PASSWORD, locale: 'en' });
  const first = tokenOf('verify-address');
  expect(await tryPassword(PASSWORD)).toEqual({ outcome: 'address-not-verified' });
  await expect(verifyAddress(ctx, { token: first })).rejects.toMatchObject({ code: 'bad-input' });
  await verifyAddress(ctx, { token: tokenOf('verify-address') });
  expect(await tryPassword(PASSWORD)).toMatchObject({ outcome: 'signed-in' });
});

test('sign-up answers a known address like a new one and keeps its password', async () => {
  await openAccount();
  const again = {
    role: 'AGENCY',
    name: 'Eve',
    email: email.toUpperCase(),
    password: 'un autre mot long',
    locale: 'fr',
  } as const;
  expect(await signUp(ctx, again)).toEqual({ outcome: 'check-mail' });
  expect(ctx.mail.posted.at(-1)).toMatchObject({ kind: 'known-address', to: email });
  expect(await tryPassword('un autre mot long')).toEqual({ outcome: 'wrong-password' });
  expect(await tryPassword(PASSWORD)).toMatchObject({ outcome: 'signed-in', role: 'PHOTOGRAPHER' });
});

test('a sign-up cannot give itself the operator’s role, a verified address or an organisation', async () => {
  const input = { role: 'ADMIN', name: 'Eve', email, password: PASSWORD, locale: 'fr' };
  // The form is not typed: this is what a hostile one may send.
  await expect(signUp(ctx, input as never)).rejects.toMatchObject({ code: 'bad-input' });
  const extra = { ...input, role: 'RUNNER', emailVerified: true, organisationId: ctx.random.id() };
  await signUp(ctx, extra as never);
  const [user] = await ctx.db.select().from(users).where(eq(users.email, email));
  expect(user).toMatchObject({ role: 'RUNNER', emailVerified: false });
});

test.each(['1234567', 'password1', 'azertyuiop', '11111111', 'motdepasse2026', 'focusracer', 'abcabcabc'])(
  'the password %s is refused',
  async (password) => {
    const input = { role: 'RUNNER', name: 'Anne', email, password, locale: 'fr' } as const;
    await expect(signUp(ctx, input)).rejects.toMatchObject({
      code: 'bad-input',
      public: { key: 'input.invalid' },
    });
  },
);

test('all characters of a long password count', async () => {
  const long = `${'correct cheval '.repeat(5)}`.slice(0, 75);
  await signUp(ctx, { role: 'RUNNER', name: 'Anne', email, password: `${long}Aaaaa`, locale: 'fr' });
  await verifyAddress(ctx, { token: tokenOf('verify-address') });
  expect(await tryPassword(`${long}Baaaa`)).toEqual({ outcome: 'wrong-password' });
  expect(await tryPassword(`${long}Aaaaa`)).toMatchObject({ outcome: 'signed-in' });
});

test('an unknown address and a wrong password get the same answer', async () => {
  await openAccount();
  const wrong = await tryPassword('not the right one');
  email = `${ctx.random.id()}@example.org`;
  expect(await tryPassword('not the right one')).toEqual(wrong);
});

test('the eleventh try on one account is refused from anywhere, but not in a browser that signed in before', async () => {
  await openAccount();
  const signedIn = await tryPassword(PASSWORD);
  const device = signedIn.outcome === 'signed-in' ? signedIn.device : '';
  for (let attempt = 1; attempt <= 10; attempt += 1)
    await tryPassword('wrong wrong', { client: `192.0.2.${attempt}` });
  await expect(tryPassword(PASSWORD, { client: '192.0.2.99' })).rejects.toMatchObject({
    code: 'rate-limited',
  });
  expect(await tryPassword(PASSWORD, { device })).toMatchObject({ outcome: 'signed-in' });
});

test('one client is stopped after a hundred tries on a hundred accounts', async () => {
  const client = `198.51.100.${ctx.random.id()}`;
  for (let attempt = 1; attempt <= 100; attempt += 1) {
    await limitClient(ctx, client, { key: 'sign-in', max: 100, windowSeconds: 900 });
  }
  await expect(tryPassword('wrong wrong', { client })).rejects.toMatchObject({ code: 'rate-limited' });
});

test('a session ends with sign-out, and a copy of its cookie is dead', async () => {
  await openAccount();
  const headers = await openSession();
  await signOut(ctx, headers);
  expect(await getActor(ctx, headers)).toEqual({ kind: 'anonymous' });
});

test('a changed cookie is nobody', async () => {
  await openAccount();
  const headers = await openSession();
  headers.set('cookie', (headers.get('cookie') ?? '').replace(/=./u, '=_'));
  expect(await getActor(ctx, headers)).toEqual({ kind: 'anonymous' });
});

test('a new password ends every session and needs the old one', async () => {
  await openAccount();
  const headers = await openSession();
  const me = withActor(ctx, await getActor(ctx, headers));
  const wrong = { currentPassword: 'not the right one', password: 'vingt ânes chantent' };
  await expect(changePassword(me, wrong)).rejects.toMatchObject({ code: 'bad-input' });
  await changePassword(me, { currentPassword: PASSWORD, password: 'vingt ânes chantent' });
  expect(await getActor(ctx, headers)).toEqual({ kind: 'anonymous' });
  expect(await tryPassword('vingt ânes chantent')).toMatchObject({ outcome: 'signed-in' });
});

test('sessions are listed to their owner and ended one by one or all but one', async () => {
  await openAccount();
  const [first, second, third] = [await openSession(), await openSession(), await openSession()];
  const me = withActor(ctx, await getActor(ctx, first));
  const open = await listSessions(me, first);
  expect(open).toHaveLength(3);
  expect(open.filter((session) => session.current)).toHaveLength(1);
  const stranger = withActor(ctx, {
    kind: 'account',
    userId: 'somebody',
    role: 'RUNNER',
    organisationId: null,
  });
  const target = open.find((session) => !session.current)?.id ?? '';
  await expect(revokeSession(stranger, { sessionId: target })).rejects.toMatchObject({ code: 'not-found' });
  await revokeSession(me, { sessionId: target });
  expect(await listSessions(me, first)).toHaveLength(2);
  await revokeOtherSessions(me, first);
  expect(await getActor(ctx, first)).toMatchObject({ kind: 'account' });
  expect([await getActor(ctx, second), await getActor(ctx, third)]).toEqual([
    { kind: 'anonymous' },
    { kind: 'anonymous' },
  ]);
});

test('a suspended account is out at once and comes back when restored', async () => {
  await openAccount();
  const headers = await openSession();
  const actor = await getActor(ctx, headers);
  const userId = actor.kind === 'account' ? actor.userId : '';
  const operator = withActor(ctx, { kind: 'system', name: 'test' });
  await expect(suspendAccount(withActor(ctx, actor), { userId })).rejects.toMatchObject({
    code: 'forbidden',
  });
  await suspendAccount(operator, { userId });
  expect(await getActor(ctx, headers)).toEqual({ kind: 'anonymous' });
  expect(await tryPassword(PASSWORD)).toEqual({ outcome: 'suspended' });
  await expect(suspendAccount(operator, { userId })).rejects.toMatchObject({ code: 'conflict' });
  await restoreAccount(operator, { userId });
  expect(await tryPassword(PASSWORD)).toMatchObject({ outcome: 'signed-in' });
});

test('a new role ends the sessions of the old one', async () => {
  await openAccount('RUNNER');
  const headers = await openSession();
  const actor = await getActor(ctx, headers);
  const userId = actor.kind === 'account' ? actor.userId : '';
  await changeRole(withActor(ctx, { kind: 'system', name: 'test' }), { userId, role: 'CLUB' });
  expect(await getActor(ctx, headers)).toEqual({ kind: 'anonymous' });
  expect(await getActor(ctx, await openSession())).toMatchObject({
    role: 'CLUB',
    organisationId: expect.any(String),
  });
});

test('over https the cookie is bound to the host', async () => {
  ctx = await createTestContext({ config: { publicUrl: 'https://photos.example' } });
  await openAccount();
  const signedIn = await tryPassword(PASSWORD);
  expect(signedIn).toMatchObject({ cookie: { name: '__Host-focus_session', secure: true } });
  expect(await getActor(ctx, headersOf(signedIn))).toMatchObject({ kind: 'account' });
});
