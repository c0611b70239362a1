import type { Context, Locale } from '#context.ts';
import { postAccountEmail } from './account-email.ts';

const WORDS = {
  fr: {
    subject: 'Vous avez déjà un compte',
    text: 'Quelqu’un, vous peut-être, a voulu ouvrir un compte Focus Racer avec cette adresse. Il y en a déjà un : connectez-vous, ou choisissez un nouveau mot de passe si vous ne le savez plus.',
    link: 'Choisir un nouveau mot de passe',
  },
  en: {
    subject: 'You already have an account',
    text: 'Somebody, you perhaps, tried to open a Focus Racer account with this address. There is one already: sign in, or choose a new password if you have forgotten it.',
    link: 'Choose a new password',
  },
} as const;

/** Tells the owner of a known address that they have an account, so that the sign-up page need not. Once an hour at most. */
export async function postKnownAddressEmail(
  tx: Context,
  user: { id: string; email: string; locale: Locale },
): Promise<void> {
  const words = WORDS[user.locale];
  const hour = tx.clock.now().toISOString().slice(0, 13);
  await postAccountEmail(tx, {
    to: user.email,
    locale: user.locale,
    kind: 'known-address',
    uniqueKey: `known-address/${user.id}/${hour}`,
    subject: words.subject,
    paragraphs: [words.text],
    link: { label: words.link, path: '/forgot-password' },
  });
}
