import { parseArgs } from 'node:util';
import { type Context, withActor } from '#context.ts';
import { createAdmin, offerFirstAdminLink } from '#domain/accounts/first-admin.ts';
import { setPassword } from '#domain/accounts/set-password.ts';
import { terminalLocale } from '#platform/config.ts';
import { type DomainError, isDomainError } from '#platform/errors.ts';
import { createContext } from '../create-context.ts';
import { type Command, UsageError } from './command.ts';
import { readSecretLine } from './read-secret-line.ts';

const help = `focus-racer admin <create|password|link|check-stripe> [options]

  create --email <address> --name <name> [--lang fr|en]   makes an admin
  password --email <address>                              gives any account a new password and ends its sessions
  link                                                    prints the one-time link that makes the first admin
  check-stripe [--lang fr|en]                             says whether Stripe is set up as it must be; changes nothing

The password is asked at the terminal, or read from standard input, never from the command line.
With the embedded database, stop the server first: only one process may open it.`;

export const adminCommand: Command = { help, run };

interface Asked {
  verb: 'create' | 'password' | 'link' | 'check-stripe';
  email: string;
  name: string;
  locale: 'fr' | 'en';
}

async function run(args: string[]): Promise<number> {
  const asked = readArgs(args);
  if (asked instanceof UsageError) {
    console.error(asked.message);
    return 2;
  }
  if (asked.verb === 'check-stripe') {
    const { runCheckStripe } = await import('./check-stripe.ts');
    return runCheckStripe(asked.locale);
  }
  const password = asked.verb === 'link' ? '' : await readSecretLine('Password: ');
  const { ctx, stop } = await createContext({ role: 'command' });
  try {
    const system = withActor(ctx, { kind: 'system', name: 'admin-command' }, asked.locale);
    console.log(await act(system, asked, password));
    return 0;
  } catch (error) {
    if (!isDomainError(error)) throw error;
    console.error(explain(error));
    return 1;
  } finally {
    await stop(0);
  }
}

async function act(system: Context, asked: Asked, password: string): Promise<string> {
  if (asked.verb === 'link') {
    return (
      (await offerFirstAdminLink(system)) ?? 'There is an admin already: sign in, or use `admin password`.'
    );
  }
  if (asked.verb === 'password') {
    await setPassword(system, { email: asked.email, password });
    return 'The password is changed and the sessions are closed.';
  }
  const { name, email, locale } = asked;
  await createAdmin(system, { name, email, locale, password });
  return `The admin ${email} can sign in at ${system.config.publicUrl}/${locale}/sign-in`;
}

const REASONS: Record<string, string> = {
  'accounts.emailInvalid': 'This is no whole e-mail address.',
  'accounts.emailTaken': 'There is an account with this address already.',
  'accounts.notFound': 'There is no account with this address.',
  'accounts.passwordTooShort': 'The password needs at least 8 characters.',
  'accounts.passwordTooLong': 'The password has more than 128 characters.',
  'accounts.passwordCommon': 'This password is among the first that anyone tries.',
  'accounts.passwordLikeYou': 'A name or an address is no password.',
};

function explain(error: DomainError): string {
  const cause = error.cause;
  const issues =
    cause instanceof Error && 'issues' in cause && Array.isArray(cause.issues) ? cause.issues : [];
  const keys = [error.public.key, ...issues.map((issue: { message: string }) => issue.message)];
  const reasons = keys.flatMap((key) => REASONS[key] ?? []);
  return reasons.length > 0 ? reasons.join('\n') : error.message;
}

function readArgs(args: string[]): Asked | UsageError {
  try {
    const options = {
      email: { type: 'string' },
      name: { type: 'string' },
      lang: { type: 'string' },
    } as const;
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
    const verb = (['create', 'password', 'link', 'check-stripe'] as const).find(
      (known) => known === positionals[0],
    );
    if (!verb || positionals.length > 1) return new UsageError(help);
    const needsEmail = verb === 'create' || verb === 'password';
    if (needsEmail && !values.email) return new UsageError('Add --email <address>.');
    if (verb === 'create' && !values.name) return new UsageError('Add --name <name>.');
    const locale = values.lang === 'fr' || values.lang === 'en' ? values.lang : terminalLocale();
    return { verb, email: values.email ?? '', name: values.name ?? '', locale };
  } catch (error) {
    return new UsageError(error instanceof Error ? error.message : String(error));
  }
}
