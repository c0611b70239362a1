import type { Context, Locale } from '#context.ts';
import { postAccountEmail } from './account-email.ts';

const WORDS = {
  fr: {
    subject: 'Votre mot de passe a changé',
    text: 'Le mot de passe de votre compte Focus Racer vient de changer. Toutes les autres connexions ont été fermées.',
    ignore: 'Si ce n’est pas vous, choisissez tout de suite un nouveau mot de passe.',
    link: 'Choisir un nouveau mot de passe',
  },
  en: {
    subject: 'Your password was changed',
    text: 'The password of your Focus Racer account has just changed. All other sessions were closed.',
    ignore: 'If it was not you, choose a new password at once.',
    link: 'Choose a new password',
  },
} as const;

export async function postPasswordChangedEmail(
  tx: Context,
  user: { email: string; locale: Locale },
): Promise<void> {
  const words = WORDS[user.locale];
  await postAccountEmail(tx, {
    to: user.email,
    locale: user.locale,
    kind: 'password-changed',
    uniqueKey: `password-changed/${tx.random.id()}`,
    subject: words.subject,
    paragraphs: [words.text, words.ignore],
    link: { label: words.link, path: '/forgot-password' },
  });
}
