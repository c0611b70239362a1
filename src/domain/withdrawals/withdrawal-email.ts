import type { Context, Locale } from '#context.ts';
import { formatCents, frameMail, type MailParagraph } from '../orders/mail-frame.ts';
import { orderUrl } from '../orders/order-secret.ts';
import type { orders } from '../orders/tables.ts';
import type { WithdrawalRow } from './read-withdrawable.ts';
import type { EndedBy } from './withdrawal.ts';

type OrderRow = typeof orders.$inferSelect;

interface WithdrawalMail {
  order: OrderRow;
  statement: WithdrawalRow;
  refundCents: number;
}

/** Acknowledges a statement on a durable medium: what was stated, when it came in, and what follows. To the address that was given, and the order's. */
export async function postWithdrawalMail(
  tx: Context,
  { order, statement, refundCents }: WithdrawalMail,
): Promise<void> {
  const { locale, number } = order;
  const words = WORDS[locale];
  const subject = words.subject(number);
  const amount = formatCents(refundCents, order.currency, locale);
  const waiting = order.state === 'processing';
  const paragraphs: MailParagraph[] = [
    { kind: 'text', text: words.received(formatStatementInstant(statement.at, locale)) },
    { kind: 'text', text: words.statement(number, formatStatementInstant(order.createdAt, locale)) },
    { kind: 'list', items: [words.name(statement.name), words.email(statement.email)] },
    ...(refundCents > 0
      ? [{ kind: 'text' as const, text: waiting ? words.later(amount) : words.refunded(amount) }]
      : []),
    ...(statement.endedBy ? [{ kind: 'text' as const, text: words.ended[statement.endedBy] }] : []),
    { kind: 'button', label: words.see, url: orderUrl(tx, order) },
    { kind: 'text', text: words.keep },
  ];
  const addresses = new Map([statement.email, order.email].map((to) => [to.toLowerCase(), to]));
  for (const [key, to] of addresses) {
    // The order's link opens it: only the order's own address is sent it.
    const own = key === order.email.toLowerCase();
    const shown = own ? paragraphs : paragraphs.filter((part) => part.kind !== 'button');
    await tx.mail.post(tx.db, {
      to,
      subject,
      ...frameMail({ subject, paragraphs: shown, locale }),
      uniqueKey: `withdrawal/${statement.id}/${own ? 'order' : 'given'}`,
      kind: 'withdrawal',
      locale,
    });
  }
}

/** For a buyer of ours who gave a number that is not one of their orders, or one that nobody can withdraw from. */
export async function postUnmatchedMail(
  tx: Context,
  { email, orderNumber, receivedAt }: { email: string; orderNumber: string; receivedAt: Date },
): Promise<void> {
  const { locale } = tx;
  const words = WORDS[locale];
  const subject = words.unmatchedSubject;
  const paragraphs: MailParagraph[] = [
    { kind: 'text', text: words.received(formatStatementInstant(receivedAt, locale)) },
    { kind: 'text', text: words.unmatched(orderNumber) },
  ];
  await tx.mail.post(tx.db, {
    to: email,
    subject,
    ...frameMail({ subject, paragraphs, locale }),
    uniqueKey: `withdrawal/unmatched/${tx.random.id()}`,
    kind: 'withdrawal-unmatched',
    locale,
  });
}

/** Date and time to the second, in the zone of the law it stands under, whose name is told. */
export function formatStatementInstant(instant: Date, locale: Locale): string {
  const format = { dateStyle: 'long', timeStyle: 'medium', timeZone: 'Europe/Paris' } as const;
  const text = new Intl.DateTimeFormat(locale === 'fr' ? 'fr-FR' : 'en-GB', format).format(instant);
  return locale === 'fr' ? `${text}, heure de Paris` : `${text}, Paris time`;
}

interface Words {
  subject(number: string): string;
  received(instant: string): string;
  statement(number: string, ordered: string): string;
  name(name: string): string;
  email(email: string): string;
  refunded(amount: string): string;
  later(amount: string): string;
  ended: Record<EndedBy, string>;
  see: string;
  keep: string;
  unmatchedSubject: string;
  unmatched(number: string): string;
}

const WORDS: Record<Locale, Words> = {
  fr: {
    subject: (number) => `Accusé de réception de votre rétractation (${number})`,
    received: (instant) => `Nous avons reçu votre déclaration de rétractation le ${instant}.`,
    statement: (number, ordered) =>
      `Votre déclaration : « Je me rétracte du contrat portant sur la commande ${number}, passée le ${ordered}. »`,
    name: (name) => `Nom : ${name}`,
    email: (email) => `Adresse e-mail : ${email}`,
    refunded: (amount) =>
      `Nous vous remboursons ${amount} sur le moyen de paiement de la commande, au plus tard quatorze jours après cette déclaration.`,
    later: (amount) =>
      `Votre paiement n’est pas encore arrivé. Nous vous rembourserons ${amount} dès son arrivée, sans démarche de votre part.`,
    ended: {
      'waived-and-available':
        'Pour les photos déjà disponibles au téléchargement, le droit de rétractation a pris fin : vous aviez demandé à les recevoir immédiatement et reconnu perdre ce droit (art. L. 221-28, 13° du code de la consommation).',
      'period-over': 'Le délai légal de rétractation est écoulé pour ce qui n’est pas remboursé.',
      'already-refunded':
        'La somme a déjà été remboursée, ou le paiement est contesté auprès de votre banque : il ne reste rien à rembourser.',
    },
    see: 'Voir ma commande',
    keep: 'Gardez cet e-mail : il fait foi de la date de votre déclaration. Une photo floue, fausse ou manquante est remboursée dans tous les cas : répondez à ce message.',
    unmatchedSubject: 'Votre demande de rétractation',
    unmatched: (number) =>
      `Nous n’avons pas trouvé de commande « ${number} » payée par cette adresse, dont on puisse se rétracter. Le numéro figure dans l’e-mail de la commande, qui ouvre aussi la page où se rétracter sans rien taper. Si vous n’avez rien demandé, ignorez ce message.`,
  },
  en: {
    subject: (number) => `Acknowledgement of your withdrawal (${number})`,
    received: (instant) => `We received your statement of withdrawal on ${instant}.`,
    statement: (number, ordered) =>
      `Your statement: “I withdraw from the contract about order ${number}, placed on ${ordered}.”`,
    name: (name) => `Name: ${name}`,
    email: (email) => `E-mail address: ${email}`,
    refunded: (amount) =>
      `We refund ${amount} to the order’s means of payment, at the latest fourteen days after this statement.`,
    later: (amount) =>
      `Your payment has not arrived yet. We will refund ${amount} as soon as it does, without anything for you to do.`,
    ended: {
      'waived-and-available':
        'For photos that can already be downloaded, the right of withdrawal has ended: you asked to receive them immediately and acknowledged that you lose it (art. L. 221-28, 13° of the French consumer code).',
      'period-over': 'The legal withdrawal period is over for what is not refunded.',
      'already-refunded':
        'The amount was refunded before, or the payment is disputed with your bank: nothing is left to refund.',
    },
    see: 'See my order',
    keep: 'Keep this e-mail: it proves the date of your statement. A blurred, wrong or missing photo is refunded in any case: reply to this message.',
    unmatchedSubject: 'Your request to withdraw',
    unmatched: (number) =>
      `We found no order “${number}” paid by this address that can be withdrawn from. The number stands in the order’s e-mail, which also opens the page where you can withdraw without typing anything. If you asked for nothing, ignore this message.`,
  },
};
