import type { Context, Locale } from '#context.ts';
import { postAccountEmail } from './account-email.ts';
import { issueToken } from './one-time-token.ts';

const WORDS = {
  fr: {
    subject: 'Choisir un nouveau mot de passe',
    text: 'Vous avez demandé un nouveau mot de passe. Le lien vaut une heure et ne sert qu’une fois.',
    ignore: 'Si ce n’est pas vous, ne faites rien : votre mot de passe ne change pas.',
    link: 'Choisir un nouveau mot de passe',
  },
  en: {
    subject: 'Choose a new password',
    text: 'You asked for a new password. The link is good for one hour and works once.',
    ignore: 'If it was not you, do nothing: your password stays as it is.',
    link: 'Choose a new password',
  },
} as const;

export async function postResetPasswordEmail(
  tx: Context,
  user: { id: string; email: string; locale: Locale },
): Promise<void> {
  const token = await issueToken(tx, 'reset-password', { userId: user.id, email: user.email });
  const words = WORDS[user.locale];
  await postAccountEmail(tx, {
    to: user.email,
    locale: user.locale,
    kind: 'reset-password',
    uniqueKey: `reset-password/${tx.random.id()}`,
    subject: words.subject,
    paragraphs: [words.text, words.ignore],
    link: { label: words.link, path: `/reset-password?token=${token}` },
  });
}
