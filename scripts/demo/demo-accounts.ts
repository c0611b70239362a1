import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Context, type Role, withActor } from '../../src/context.ts';
import { createAdmin } from '../../src/domain/accounts/first-admin.ts';
import { listAccounts } from '../../src/domain/accounts/list-accounts.ts';
import { signIn } from '../../src/domain/accounts/sign-in.ts';
import { signUp } from '../../src/domain/accounts/sign-up.ts';
import { verifyAddress } from '../../src/domain/accounts/verify-address.ts';

export interface DemoAccount {
  role: Exclude<Role, 'AGENCY' | 'CLUB' | 'FEDERATION'>;
  name: string;
  email: string;
  password: string;
}

/** Has a part of what the demo's event sells. */
export const DEMO_ORGANISER = 'organizer@demo.example';

const PEOPLE = [
  { role: 'PHOTOGRAPHER', name: 'Atelier Lumen', email: 'photographer@demo.example' },
  { role: 'ORGANIZER', name: 'Les Foulées', email: DEMO_ORGANISER },
  { role: 'RUNNER', name: 'Camille Roche', email: 'runner@demo.example' },
  { role: 'ADMIN', name: 'Operator', email: 'admin@demo.example' },
] as const;

/** Opens the demo's accounts as their owners would: the form, then the link in the mail. Passwords are drawn once per data folder. */
export async function openDemoAccounts(ctx: Context): Promise<DemoAccount[]> {
  const file = join(ctx.config.dataDir, 'demo-accounts.json');
  const accounts: DemoAccount[] = existsSync(file)
    ? JSON.parse(readFileSync(file, 'utf8'))
    : PEOPLE.map((person) => ({ ...person, password: ctx.random.token(9) }));
  if (!existsSync(file)) writeFileSync(file, JSON.stringify(accounts, null, 2), { mode: 0o600 });
  for (const account of accounts) await openAccount(ctx, account);
  return accounts;
}

async function openAccount(ctx: Context, account: DemoAccount): Promise<void> {
  const system = withActor(ctx, { kind: 'system', name: 'demo' });
  const { accounts: known } = await listAccounts(system, { search: account.email, limit: 1 });
  if (known[0]?.emailVerified) return;
  const { role, ...person } = { ...account, locale: 'fr' as const };
  if (role === 'ADMIN') {
    await createAdmin(system, person);
    return;
  }
  await signUp(ctx, { role, ...person });
  await verifyAddress(ctx, { token: await tokenInMail(ctx, account.email) });
}

async function tokenInMail(ctx: Context, email: string): Promise<string> {
  const mails = await ctx.mail.listOutbox({ limit: 50 });
  const mail = mails.find(({ to, kind }) => to === email && kind === 'verify-address');
  const token = /verify-address\?token=([\w-]+)/.exec(mail?.text ?? '')?.[1];
  if (!token) throw new Error(`no confirmation mail for ${email}`);
  return token;
}

/** The `cookie` header of a new session. */
export async function openSession(ctx: Context, account: DemoAccount): Promise<string> {
  const { email, password } = account;
  const answer = await signIn(ctx, { email, password }, new Headers());
  if (answer.outcome !== 'signed-in') throw new Error(`${email} could not sign in: ${answer.outcome}`);
  return `${answer.cookie.name}=${encodeURIComponent(answer.cookie.value)}`;
}
