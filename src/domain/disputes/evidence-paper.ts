import type { Paper, PaperBlock } from '#platform/pdf/paper.ts';
import { formatCents } from '../orders/mail-frame.ts';
import { type EvidenceFacts, formatInstant, lastInstant } from './evidence.ts';
import { describeLine, nameOfDownload, whyNoWithdrawal } from './evidence-texts.ts';
import { EVIDENCE_WORDS } from './evidence-words.ts';

/** The whole evidence on paper. Nothing stands on it that is not in our books. */
export function evidencePaper(facts: EvidenceFacts): Paper {
  const words = EVIDENCE_WORDS[facts.locale];
  return {
    title: words.title(facts.number),
    locale: facts.locale,
    createdAt: lastInstant(facts),
    footer: `Focus Racer · ${facts.number}`,
    blocks: [
      { kind: 'text', text: words.intro },
      ...orderBlocks(facts),
      { kind: 'heading', text: words.consent },
      { kind: 'text', text: words.consentText(formatInstant(facts.waiver.at), facts.waiver.version) },
      ...facts.waiver.statements.map((statement) => ({ kind: 'text' as const, text: `☑ ${statement}` })),
      ...(facts.deliveredAt === null ? [] : [{ kind: 'text' as const, text: whyNoWithdrawal(facts) }]),
      ...accessBlocks(facts),
      ...mailBlocks(facts),
      ...refundBlocks(facts),
    ],
  };
}

function orderBlocks(facts: EvidenceFacts): PaperBlock[] {
  const words = EVIDENCE_WORDS[facts.locale];
  const { placed, billing, paidAt, deliveredAt } = facts;
  const money = (cents: number) => formatCents(cents, facts.currency, facts.locale);
  const billed = billing ? [billing.name, billing.address, billing.country].join(', ') : words.unknown;
  return [
    { kind: 'heading', text: words.order },
    {
      kind: 'facts',
      rows: [
        { label: words.number, value: facts.number },
        { label: words.total, value: money(facts.totalCents) },
        { label: words.refunded, value: money(facts.refundedCents) },
        { label: words.placed, value: formatInstant(placed.at) },
        {
          label: words.from,
          value: `${placed.clientAddress ?? words.unknown}, ${placed.userAgent ?? words.unknown}`,
        },
        { label: words.buyer, value: facts.email },
        { label: words.billedTo, value: billed },
        { label: words.paid, value: paidAt ? formatInstant(paidAt) : words.never },
        { label: words.delivered, value: deliveredAt ? formatInstant(deliveredAt) : words.never },
      ],
    },
    { kind: 'heading', text: words.bought },
    ...facts.lines.map((line) => ({ kind: 'text' as const, text: describeLine(facts, line) })),
  ];
}

function accessBlocks(facts: EvidenceFacts): PaperBlock[] {
  const words = EVIDENCE_WORDS[facts.locale];
  const { at, address, agent, file } = words.columns;
  const cells = (one: EvidenceFacts['placed']) => [
    formatInstant(one.at),
    one.clientAddress ?? words.unknown,
    one.userAgent ?? words.unknown,
  ];
  const columns = [
    { label: at, width: 2 },
    { label: address, width: 2 },
    { label: agent, width: 4 },
  ];
  return [
    { kind: 'heading', text: words.access },
    { kind: 'text', text: words.accessText(facts.visitCount) },
    ...table(facts, columns, facts.visits.map(cells), facts.visitCount),
    { kind: 'heading', text: words.downloads },
    { kind: 'text', text: words.downloadsText(facts.downloadCount) },
    ...table(
      facts,
      [{ label: file, width: 3 }, ...columns],
      facts.downloads.map((one) => [nameOfDownload(facts, one), ...cells(one)]),
      facts.downloadCount,
    ),
  ];
}

function mailBlocks(facts: EvidenceFacts): PaperBlock[] {
  const words = EVIDENCE_WORDS[facts.locale];
  const columns = [
    { label: words.sent, width: 2 },
    { label: words.buyer, width: 3 },
    { label: words.subject, width: 4 },
  ];
  const rows = facts.mails.map((mail) => [formatInstant(mail.sentAt ?? mail.at), mail.to, mail.subject]);
  return [{ kind: 'heading', text: words.mails }, ...table(facts, columns, rows, rows.length)];
}

function refundBlocks(facts: EvidenceFacts): PaperBlock[] {
  const words = EVIDENCE_WORDS[facts.locale];
  const columns = [
    { label: words.columns.at, width: 2 },
    { label: words.columns.price, width: 1, align: 'right' as const },
  ];
  const rows = facts.refunds.map((refund) => [
    formatInstant(refund.at),
    formatCents(refund.amountCents, facts.currency, facts.locale),
  ]);
  return [{ kind: 'heading', text: words.refunds }, ...table(facts, columns, rows, rows.length)];
}

function table(
  facts: EvidenceFacts,
  columns: Extract<PaperBlock, { kind: 'table' }>['columns'],
  rows: string[][],
  count: number,
): PaperBlock[] {
  const words = EVIDENCE_WORDS[facts.locale];
  if (rows.length === 0) return [{ kind: 'text', text: words.none }];
  const more =
    count > rows.length ? [{ kind: 'small' as const, text: words.shownFirst(rows.length, count) }] : [];
  return [{ kind: 'table', columns, rows }, ...more];
}
