import type { Context, Locale } from '#context.ts';
import { formatCents, frameMail, type MailParagraph } from './mail-frame.ts';
import { orderUrl } from './order-secret.ts';
import { readReceipt } from './read-receipt.ts';
import type { orders } from './tables.ts';
import { waiverStatements } from './waiver.ts';

type OrderRow = typeof orders.$inferSelect;

interface ReadyMail {
  order: OrderRow;
  /** How many photos the order gives right to now. */
  photos: number;
}

/** Receipt, the two statements of the waiver, and only then the link: the law wants them on paper before the download. */
export async function postReadyMail(tx: Context, { order, photos }: ReadyMail): Promise<void> {
  const words = WORDS[order.locale];
  const subject = words.subject(photos, order.number);
  const { items, sellers } = await readReceipt(tx, order);
  const paragraphs: MailParagraph[] = [
    {
      kind: 'text',
      text: words.paid(order.number, formatCents(order.totalCents, order.currency, order.locale)),
    },
    { kind: 'list', items },
    ...(sellers.length > 0 ? [{ kind: 'text' as const, text: words.soldBy(sellers) }] : []),
    { kind: 'text', text: words.waived(formatInstant(order.waivedAt, order.locale)) },
    { kind: 'list', items: waiverStatements(order.waiverVersion, order.locale) },
    { kind: 'text', text: words.ready(photos) },
    { kind: 'button', label: photos > 0 ? words.open : words.see, url: orderUrl(tx, order) },
    { kind: 'text', text: words.keep },
    ...(order.totalCents > 0
      ? [
          { kind: 'text' as const, text: photos > 0 ? words.withdrawalEnded : words.withdrawalOpen },
          { kind: 'link' as const, label: words.withdraw, url: `${orderUrl(tx, order)}/withdrawal` },
          { kind: 'text' as const, text: words.invoices },
        ]
      : []),
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

function formatInstant(instant: Date, locale: Locale): string {
  return new Intl.DateTimeFormat(locale === 'fr' ? 'fr-FR' : 'en-GB', {
    dateStyle: 'long',
    timeStyle: 'long',
    timeZone: 'Europe/Paris',
  }).format(instant);
}

interface Words {
  subject(photos: number, number: string): string;
  paid(number: string, total: string): string;
  soldBy(sellers: string[]): string;
  waived(instant: string): string;
  ready(photos: number): string;
  open: string;
  see: string;
  keep: string;
  withdrawalEnded: string;
  withdrawalOpen: string;
  withdraw: string;
  invoices: string;
}

const WORDS: Record<Locale, Words> = {
  fr: {
    subject: (photos, number) => {
      if (photos === 0) return `Votre commande est réglée (${number})`;
      return photos === 1 ? `Votre photo est prête (${number})` : `Vos photos sont prêtes (${number})`;
    },
    paid: (number, total) => `Merci. Votre commande ${number} est réglée : ${total}, toutes taxes comprises.`,
    soldBy: (sellers) => `Vendu par ${sellers.join(', ')}.`,
    waived: (instant) => `Le ${instant}, vous avez donné votre accord sur ces deux points :`,
    ready: (photos) => {
      if (photos === 0) return 'Vos photos s’ajouteront à cette page dès qu’elles seront reconnues.';
      return photos === 1
        ? 'Votre photo, sans filigrane, vous attend ici.'
        : `Vos ${photos} photos, sans filigrane, vous attendent ici.`;
    },
    open: 'Télécharger mes photos',
    see: 'Voir ma commande',
    withdrawalEnded:
      'Rétractation : ce droit a pris fin pour les photos disponibles, comme convenu ci-dessus. La page dit où il tient encore, et reçoit votre déclaration.',
    withdrawalOpen:
      'Rétractation : rien n’est encore disponible. Vous pouvez renoncer à cet achat et être remboursé, sans donner de raison, pendant 14 jours ; s’il est fait avant la course, jusqu’à l’arrivée des photos.',
    withdraw: 'Renoncer au contrat ici',
    invoices: 'Vos factures sont sur la page de la commande.',
    keep: 'Gardez cet e-mail : le lien est personnel et reste ouvert. Les photos reconnues plus tard rejoignent sans frais une commande de toutes vos photos. Une photo floue, fausse ou manquante est remboursée : répondez à ce message.',
  },
  en: {
    subject: (photos, number) => {
      if (photos === 0) return `Your order is paid (${number})`;
      return photos === 1 ? `Your photo is ready (${number})` : `Your photos are ready (${number})`;
    },
    paid: (number, total) => `Thank you. Your order ${number} is paid: ${total}, all taxes included.`,
    soldBy: (sellers) => `Sold by ${sellers.join(', ')}.`,
    waived: (instant) => `On ${instant}, you agreed to these two statements:`,
    ready: (photos) => {
      if (photos === 0) return 'Your photos will join this page as soon as they are recognised.';
      return photos === 1
        ? 'Your photo, without watermark, is waiting here.'
        : `Your ${photos} photos, without watermark, are waiting here.`;
    },
    open: 'Download my photos',
    see: 'See my order',
    withdrawalEnded:
      'Withdrawal: this right has ended for photos that are available, as agreed above. The page says where it still stands, and takes your statement.',
    withdrawalOpen:
      'Withdrawal: nothing is available yet. You can withdraw from this purchase and be refunded, without giving a reason, for 14 days; if you bought before the race, until the photos arrive.',
    withdraw: 'Withdraw from the contract here',
    invoices: 'Your invoices are on the order’s page.',
    keep: 'Keep this e-mail: the link is yours alone and stays open. Photos recognised later join an order of all your photos free of charge. A blurred, wrong or missing photo is refunded: reply to this message.',
  },
};
