import type { Context, Locale } from '#context.ts';
import { postAccountEmail } from './account-email.ts';
import { issueToken } from './one-time-token.ts';

const WORDS = {
  fr: {
    confirmSubject: 'Confirmez votre nouvelle adresse',
    confirm:
      'Vous voulez vous connecter à Focus Racer avec cette adresse. Confirmez-la : le lien vaut 24 heures et ne sert qu’une fois.',
    link: 'Confirmer cette adresse',
    noticeSubject: 'Changement d’adresse demandé',
    notice:
      'Une nouvelle adresse a été demandée pour votre compte Focus Racer. Elle remplacera celle-ci dès qu’elle sera confirmée.',
    ignore: 'Si ce n’est pas vous, changez tout de suite votre mot de passe.',
  },
  en: {
    confirmSubject: 'Confirm your new address',
    confirm:
      'You want to sign in to Focus Racer with this address. Confirm it: the link is good for 24 hours and works once.',
    link: 'Confirm this address',
    noticeSubject: 'Change of address requested',
    notice:
      'A new address was requested for your Focus Racer account. It replaces this one as soon as it is confirmed.',
    ignore: 'If it was not you, change your password at once.',
  },
} as const;

/** The link goes to the new address; the present one is told. */
export async function postChangeEmailEmails(
  tx: Context,
  user: { id: string; email: string; locale: Locale },
  newEmail: string,
): Promise<void> {
  const token = await issueToken(tx, 'change-email', { userId: user.id, email: newEmail });
  const words = WORDS[user.locale];
  await postAccountEmail(tx, {
    to: newEmail,
    locale: user.locale,
    kind: 'change-email',
    uniqueKey: `change-email/${tx.random.id()}`,
    subject: words.confirmSubject,
    paragraphs: [words.confirm],
    link: { label: words.link, path: `/verify-address?change=${token}` },
  });
  await postAccountEmail(tx, {
    to: user.email,
    locale: user.locale,
    kind: 'change-email-notice',
    uniqueKey: `change-email-notice/${tx.random.id()}`,
    subject: words.noticeSubject,
    paragraphs: [words.notice, words.ignore],
  });
}
