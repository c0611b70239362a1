import type { Context, Locale } from '#context.ts';
import { formatCents, frameMail, type MailParagraph } from './mail-frame.ts';
import type { orders } from './tables.ts';

interface CreditsMail {
  order: typeof orders.$inferSelect;
  credits: number;
}

/** The receipt of bought credits. */
export async function postCreditsMail(tx: Context, { order, credits }: CreditsMail): Promise<void> {
  const words = WORDS[order.locale];
  const subject = words.subject(order.number);
  const price = formatCents(order.totalCents, order.currency, order.locale);
  const paragraphs: MailParagraph[] = [
    { kind: 'text', text: words.paid(order.number, price) },
    { kind: 'text', text: words.added(credits) },
    { kind: 'button', label: words.open, url: `${tx.config.publicUrl}/${order.locale}/pro/credits` },
  ];
  await tx.mail.post(tx.db, {
    to: order.email,
    subject,
    ...frameMail({ subject, paragraphs, locale: order.locale }),
    uniqueKey: `order/${order.id}/ready`,
    kind: 'order-ready',
    locale: order.locale,
  });
}

interface Words {
  subject(number: string): string;
  paid(number: string, price: string): string;
  added(credits: number): string;
  open: string;
}

const WORDS: Record<Locale, Words> = {
  fr: {
    subject: (number) => `Vos crédits sont là (${number})`,
    paid: (number, price) => `Merci. Votre commande ${number} est réglée : ${price}, TVA comprise.`,
    added: (credits) => `${credits.toLocaleString('fr-FR')} crédits ont été ajoutés à votre compte.`,
    open: 'Voir mes crédits',
  },
  en: {
    subject: (number) => `Your credits are here (${number})`,
    paid: (number, price) => `Thank you. Your order ${number} is paid: ${price}, VAT included.`,
    added: (credits) => `${credits.toLocaleString('en-GB')} credits were added to your account.`,
    open: 'See my credits',
  },
};
