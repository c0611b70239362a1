import type { Context, Locale } from '#context.ts';
import { frameMail, type MailParagraph } from './mail-frame.ts';
import { orderUrl } from './order-secret.ts';
import type { orders } from './tables.ts';

export async function postFailedMail(tx: Context, order: typeof orders.$inferSelect): Promise<void> {
  const words = WORDS[order.locale];
  const subject = words.subject(order.number);
  const paragraphs: MailParagraph[] = [
    { kind: 'text', text: words.failed(order.number) },
    { kind: 'button', label: words.again, url: orderUrl(tx, order) },
    { kind: 'text', text: words.kept },
  ];
  await tx.mail.post(tx.db, {
    to: order.email,
    subject,
    ...frameMail({ subject, paragraphs, locale: order.locale }),
    uniqueKey: `order/${order.id}/failed`,
    kind: 'order-failed',
    locale: order.locale,
  });
}

interface Words {
  subject(number: string): string;
  failed(number: string): string;
  again: string;
  kept: string;
}

const WORDS: Record<Locale, Words> = {
  fr: {
    subject: (number) => `Votre paiement n’a pas abouti (${number})`,
    failed: (number) => `Le paiement de votre commande ${number} a été refusé. Rien n’a été débité.`,
    again: 'Réessayer le paiement',
    kept: 'Votre sélection est gardée. Un autre moyen de paiement suffit souvent.',
  },
  en: {
    subject: (number) => `Your payment did not go through (${number})`,
    failed: (number) => `The payment of your order ${number} was declined. Nothing was charged.`,
    again: 'Try the payment again',
    kept: 'Your selection is kept. Another means of payment often helps.',
  },
};
