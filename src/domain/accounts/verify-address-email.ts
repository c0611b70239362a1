import type { Context, Locale } from '#context.ts';
import { postAccountEmail } from './account-email.ts';
import { issueToken } from './one-time-token.ts';

const WORDS = {
  fr: {
    subject: 'Confirmez votre adresse',
    text: 'Vous avez ouvert un compte sur Focus Racer avec cette adresse. Confirmez-la pour vous connecter. Le lien vaut 48 heures et ne sert qu’une fois.',
    ignore: 'Si ce n’est pas vous, ne faites rien : sans confirmation, ce compte reste fermé.',
    link: 'Confirmer mon adresse',
  },
  en: {
    subject: 'Confirm your address',
    text: 'You opened an account at Focus Racer with this address. Confirm it to sign in. The link is good for 48 hours and works once.',
    ignore: 'If it was not you, do nothing: without confirmation this account stays closed.',
    link: 'Confirm my address',
  },
} as const;

/** Asks the owner of the address to confirm it. A new mail makes older links useless. */
export async function postVerifyAddressEmail(
  tx: Context,
  user: { id: string; email: string; locale: Locale },
): Promise<void> {
  const token = await issueToken(tx, 'verify-address', { userId: user.id, email: user.email });
  const words = WORDS[user.locale];
  await postAccountEmail(tx, {
    to: user.email,
    locale: user.locale,
    kind: 'verify-address',
    uniqueKey: `verify-address/${tx.random.id()}`,
    subject: words.subject,
    paragraphs: [words.text, words.ignore],
    link: { label: words.link, path: `/verify-address?token=${token}` },
  });
}
