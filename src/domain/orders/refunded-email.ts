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

interface Words {
  subject(number: string): string;
  gone: string;
  refunded(now: string, inAll: string, number: string): string;
  closed: string;
  open: string;
  see: string;
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
  },
  en: {
    subject: (number) => `Refund of your order ${number}`,
    gone: 'A photo that you bought is no longer available. We are sorry: it is refunded, and there is nothing you need to do.',
    refunded: (now, inAll, number) =>
      `We refunded ${now} of your order ${number} (${inAll} in all). It reaches your means of payment within a few days.`,
    closed: 'The order is refunded in full: its downloads are closed.',
    open: 'Your downloads stay open.',
    see: 'See my order',
  },
};
