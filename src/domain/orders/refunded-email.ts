import type { Context, Locale } from '#context.ts';
import { formatCents, frameMail, type MailParagraph } from './mail-frame.ts';
import { orderUrl } from './order-secret.ts';
import type { RefundCause } from './refund.ts';
import type { orders } from './tables.ts';

type OrderRow = typeof orders.$inferSelect;

interface RefundMail {
  order: OrderRow;
  /** All that was given back so far. */
  refundedCents: number;
  /** Those that are told now; none when a refund of the provider's own desk is not written down yet. */
  refunds: { id: string; cause: RefundCause }[];
}

/** Each refund is told once, with its cause where it was none of the buyer's doing. */
export async function postRefundMail(
  tx: Context,
  { order, refundedCents, refunds }: RefundMail,
): Promise<void> {
  const words = WORDS[order.locale];
  const format = (cents: number) => formatCents(cents, order.currency, order.locale);
  const subject = words.subject(order.number);
  const gone = refunds.some((refund) => refund.cause === 'photo-gone');
  const paragraphs: MailParagraph[] = [
    ...(gone ? [{ kind: 'text' as const, text: words.gone }] : []),
    {
      kind: 'text',
      text: words.refunded(format(refundedCents - order.refundedCents), format(refundedCents), order.number),
    },
    { kind: 'text', text: refundedCents >= order.totalCents ? words.closed : words.open },
    { kind: 'button', label: words.see, url: orderUrl(tx, order) },
  ];
  await tx.mail.post(tx.db, {
    to: order.email,
    subject,
    ...frameMail({ subject, paragraphs, locale: order.locale }),
    uniqueKey: `order/${order.id}/refunded/${refunds[0]?.id ?? refundedCents}`,
    kind: 'order-refunded',
    locale: order.locale,
  });
}

/** A refund that was told, and that the buyer's bank has sent back to us since. */
export async function postRefundFailedMail(
  tx: Context,
  { order, refund }: { order: OrderRow; refund: { id: string; amountCents: number } },
): Promise<void> {
  const words = WORDS[order.locale];
  const subject = words.failedSubject(order.number);
  const amount = formatCents(refund.amountCents, order.currency, order.locale);
  const paragraphs: MailParagraph[] = [
    { kind: 'text', text: words.failed(amount, order.number) },
    { kind: 'text', text: words.otherWay },
    { kind: 'button', label: words.see, url: orderUrl(tx, order) },
  ];
  await tx.mail.post(tx.db, {
    to: order.email,
    subject,
    ...frameMail({ subject, paragraphs, locale: order.locale }),
    uniqueKey: `order/${order.id}/refund-failed/${refund.id}`,
    kind: 'order-refund-failed',
    locale: order.locale,
  });
}

interface Words {
  subject(number: string): string;
  gone: string;
  refunded(now: string, inAll: string, number: string): string;
  closed: string;
  open: string;
  see: string;
  failedSubject(number: string): string;
  failed(amount: string, number: string): string;
  otherWay: string;
}

const WORDS: Record<Locale, Words> = {
  fr: {
    subject: (number) => `Remboursement de votre commande ${number}`,
    gone: 'Une photo que vous avez achetée n’est plus disponible. Nous en sommes désolés : elle vous est remboursée sans que vous ayez rien à faire.',
    refunded: (now, inAll, number) =>
      `Nous vous avons remboursé ${now} sur la commande ${number} (${inAll} au total). La somme arrive sur votre moyen de paiement sous quelques jours.`,
    closed: 'La commande est remboursée en entier : ses téléchargements sont fermés.',
    open: 'Vos téléchargements restent ouverts.',
    see: 'Voir ma commande',
    failedSubject: (number) => `Votre remboursement n’a pas abouti (${number})`,
    failed: (amount, number) =>
      `Votre banque nous a renvoyé le remboursement de ${amount} sur la commande ${number}.`,
    otherWay:
      'Répondez à ce message : nous conviendrons avec vous d’un autre moyen de vous rendre cette somme.',
  },
  en: {
    subject: (number) => `Refund of your order ${number}`,
    gone: 'A photo that you bought is no longer available. We are sorry: it is refunded, and there is nothing you need to do.',
    refunded: (now, inAll, number) =>
      `We refunded ${now} of your order ${number} (${inAll} in all). It reaches your means of payment within a few days.`,
    closed: 'The order is refunded in full: its downloads are closed.',
    open: 'Your downloads stay open.',
    see: 'See my order',
    failedSubject: (number) => `Your refund did not go through (${number})`,
    failed: (amount, number) => `Your bank sent the refund of ${amount} of your order ${number} back to us.`,
    otherWay: 'Reply to this message: we will agree with you on another way to give you this money back.',
  },
};
