import type { Context, Locale } from '#context.ts';
import { formatCents, frameMail, type MailParagraph } from './mail-frame.ts';
import { orderUrl } from './order-secret.ts';
import type { orders } from './tables.ts';

type OrderRow = typeof orders.$inferSelect;

/** `refundedCents` is all that was given back so far; each new sum is told once. */
export async function postRefundMail(
  tx: Context,
  { order, refundedCents }: { order: OrderRow; refundedCents: number },
): Promise<void> {
  const words = WORDS[order.locale];
  const format = (cents: number) => formatCents(cents, order.currency, order.locale);
  const subject = words.subject(order.number);
  const paragraphs: MailParagraph[] = [
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
    uniqueKey: `order/${order.id}/refunded/${refundedCents}`,
    kind: 'order-refunded',
    locale: order.locale,
  });
}

interface Words {
  subject(number: string): string;
  refunded(now: string, inAll: string, number: string): string;
  closed: string;
  open: string;
  see: string;
}

const WORDS: Record<Locale, Words> = {
  fr: {
    subject: (number) => `Remboursement de votre commande ${number}`,
    refunded: (now, inAll, number) =>
      `Nous vous avons remboursé ${now} sur la commande ${number} (${inAll} au total). La somme arrive sur votre moyen de paiement sous quelques jours.`,
    closed: 'La commande est remboursée en entier : ses téléchargements sont fermés.',
    open: 'Vos téléchargements restent ouverts.',
    see: 'Voir ma commande',
  },
  en: {
    subject: (number) => `Refund of your order ${number}`,
    refunded: (now, inAll, number) =>
      `We refunded ${now} of your order ${number} (${inAll} in all). It reaches your means of payment within a few days.`,
    closed: 'The order is refunded in full: its downloads are closed.',
    open: 'Your downloads stay open.',
    see: 'See my order',
  },
};
