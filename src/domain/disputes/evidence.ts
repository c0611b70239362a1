import type { Locale } from '#context.ts';
import type { PhotoSize } from '../pricing/offer.ts';

interface Access {
  at: Date;
  clientAddress: string | null;
  userAgent: string | null;
}

/** All that speaks for one sale, as it stands in our books. Lists are oldest first and bounded; the counts are of all. */
export interface EvidenceFacts {
  locale: Locale;
  number: string;
  currency: string;
  totalCents: number;
  refundedCents: number;
  email: string;
  billing: { name: string; address: string; country: string } | null;
  placed: Access;
  paidAt: Date | null;
  deliveredAt: Date | null;
  lines: {
    event: string | null;
    day: string | null;
    kind: 'photo' | 'all-photos' | 'whole-event' | 'credits';
    size: PhotoSize;
    bib: string | null;
    fileName: string | null;
    credits: number | null;
    priceCents: number;
  }[];
  waiver: { version: string; statements: readonly [string, string]; at: Date };
  visits: Access[];
  visitCount: number;
  /** `fileName` null: the ZIP of all. */
  downloads: (Access & { fileName: string | null; size: PhotoSize | null })[];
  downloadCount: number;
  /** When the mail that repeats the statements was sent; null when it was not. */
  confirmedAt: Date | null;
  mails: { at: Date; sentAt: Date | null; to: string; subject: string }[];
  refunds: { at: Date; amountCents: number; state: string }[];
}

/** The instant of the last thing told: a paper of the same facts is the same bytes. */
export function lastInstant(facts: EvidenceFacts): Date {
  const instants = [
    facts.placed.at,
    facts.paidAt,
    facts.deliveredAt,
    facts.waiver.at,
    ...[...facts.visits, ...facts.downloads, ...facts.mails, ...facts.refunds].map((one) => one.at),
  ].filter((at) => at !== null);
  return new Date(Math.max(...instants.map((at) => at.getTime())));
}

export function formatInstant(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
