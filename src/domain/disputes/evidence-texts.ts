import type { DisputeEvidence } from '#platform/payments/payments.ts';
import { formatCents } from '../orders/mail-frame.ts';
import { type EvidenceFacts, formatInstant } from './evidence.ts';
import { EVIDENCE_WORDS } from './evidence-words.ts';

/** Providers take no longer text. */
const MOST_CHARACTERS = 20_000;

/** What speaks for the sale, as the texts that banks read; without the paper. */
export function evidenceTexts(facts: EvidenceFacts): DisputeEvidence {
  const words = EVIDENCE_WORDS[facts.locale];
  return {
    productDescription: cut([words.product, '', ...facts.lines.map((line) => describeLine(facts, line))]),
    buyerEmail: facts.email,
    ...(facts.placed.clientAddress ? { buyerAddress: facts.placed.clientAddress } : {}),
    accessLog: cut([
      words.accessText(facts.visitCount),
      ...facts.visits.map((visit) => describeAccess(facts, visit)),
      '',
      words.downloadsText(facts.downloadCount),
      ...facts.downloads.map((one) => `${describeAccess(facts, one)} · ${nameOfDownload(facts, one)}`),
    ]),
    refundPolicyShown: cut([
      words.consentText(formatInstant(facts.waiver.at), facts.waiver.version),
      ...facts.waiver.statements.map((statement) => `- ${statement}`),
    ]),
    ...(facts.deliveredAt === null ? {} : { refundRefused: whyNoWithdrawal(facts) }),
    more: cut([
      `${words.placed} ${describeAccess(facts, facts.placed)}`,
      `${words.paid} ${facts.paidAt ? formatInstant(facts.paidAt) : words.never}`,
      `${words.delivered} ${facts.deliveredAt ? formatInstant(facts.deliveredAt) : words.never}`,
      '',
      words.mails,
      ...facts.mails.map((mail) => `${formatInstant(mail.sentAt ?? mail.at)} · ${mail.to} · ${mail.subject}`),
    ]),
  };
}

/** Only of what was delivered; the mail is named when it was sent. */
export function whyNoWithdrawal(facts: EvidenceFacts): string {
  const words = EVIDENCE_WORDS[facts.locale];
  const repeated = facts.confirmedAt === null ? [] : [words.repeated(formatInstant(facts.confirmedAt))];
  return [words.noWithdrawal, ...repeated].join(' ');
}

export function describeLine(facts: EvidenceFacts, line: EvidenceFacts['lines'][number]): string {
  const words = EVIDENCE_WORDS[facts.locale];
  const parts = [
    line.credits === null ? words.kinds[line.kind] : `${words.kinds.credits} × ${line.credits}`,
    line.kind === 'credits' ? null : words.sizes[line.size],
    line.event ? `${line.event}${line.day ? ` (${line.day})` : ''}` : null,
    line.bib === null ? null : words.bib(line.bib),
    line.fileName,
    formatCents(line.priceCents, facts.currency, facts.locale),
  ];
  return parts.filter((part) => part !== null).join(' · ');
}

export function nameOfDownload(facts: EvidenceFacts, one: EvidenceFacts['downloads'][number]): string {
  const words = EVIDENCE_WORDS[facts.locale];
  if (one.fileName === null) return words.zip;
  return one.size === null ? one.fileName : `${one.fileName} (${words.sizes[one.size]})`;
}

function describeAccess(facts: EvidenceFacts, access: EvidenceFacts['placed']): string {
  const { unknown } = EVIDENCE_WORDS[facts.locale];
  return `${formatInstant(access.at)} · ${access.clientAddress ?? unknown} · ${access.userAgent ?? unknown}`;
}

/** Whole lines, as many as fit. */
function cut(lines: string[]): string {
  let text = '';
  for (const line of lines) {
    const longer = text === '' ? line : `${text}\n${line}`;
    if (longer.length > MOST_CHARACTERS) break;
    text = longer;
  }
  return text;
}
