import type { Context, Locale } from '#context.ts';
import { frameMail, type MailParagraph } from './mail-frame.ts';
import { orderUrl } from './order-secret.ts';
import type { orders } from './tables.ts';

interface LatePhotosMail {
  order: typeof orders.$inferSelect;
  /** How many joined since the last mail. */
  joined: number;
  /** Nothing was there before: a pre-sale. */
  first: boolean;
  /** When the last of them joined. */
  until: string;
}

/** Says that photos joined an order by themselves, free of charge: at most once a day. */
export async function postLatePhotosMail(tx: Context, mail: LatePhotosMail): Promise<void> {
  const { order, joined, first, until } = mail;
  const words = WORDS[order.locale];
  const subject = words.subject(joined, order.number, first);
  const paragraphs: MailParagraph[] = [
    { kind: 'text', text: first ? words.first(joined) : words.joined(joined) },
    { kind: 'button', label: words.open, url: orderUrl(tx, order) },
    { kind: 'text', text: words.more },
  ];
  await tx.mail.post(tx.db, {
    to: order.email,
    subject,
    ...frameMail({ subject, paragraphs, locale: order.locale }),
    uniqueKey: `order/${order.id}/late/${until}`,
    kind: 'order-late-photos',
    locale: order.locale,
  });
}

interface Words {
  subject(joined: number, number: string, first: boolean): string;
  first(joined: number): string;
  joined(joined: number): string;
  open: string;
  more: string;
}

const WORDS: Record<Locale, Words> = {
  fr: {
    subject: (joined, number, first) => {
      if (first) return `Vos premières photos sont là (${number})`;
      return joined === 1
        ? `Une photo de plus dans votre commande (${number})`
        : `${joined} photos de plus dans votre commande (${number})`;
    },
    first: (joined) =>
      joined === 1
        ? 'La première photo que vous avez achetée d’avance vous attend.'
        : `Les ${joined} premières photos que vous avez achetées d’avance vous attendent.`,
    joined: (joined) =>
      joined === 1
        ? 'Une photo reconnue après votre achat a rejoint votre commande, sans frais.'
        : `${joined} photos reconnues après votre achat ont rejoint votre commande, sans frais.`,
    open: 'Voir mes photos',
    more: 'D’autres peuvent encore arriver : elles s’ajouteront à cette page, et nous vous écrirons au plus une fois par jour.',
  },
  en: {
    subject: (joined, number, first) => {
      if (first) return `Your first photos are here (${number})`;
      return joined === 1
        ? `One more photo in your order (${number})`
        : `${joined} more photos in your order (${number})`;
    },
    first: (joined) =>
      joined === 1
        ? 'The first photo that you bought ahead of the race is waiting for you.'
        : `The first ${joined} photos that you bought ahead of the race are waiting for you.`,
    joined: (joined) =>
      joined === 1
        ? 'A photo recognised after your purchase has joined your order, free of charge.'
        : `${joined} photos recognised after your purchase have joined your order, free of charge.`,
    open: 'See my photos',
    more: 'More may still come: they will join this page, and we write at most once a day.',
  },
};
