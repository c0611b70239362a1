import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { type Context, inTransaction } from '#context.ts';
import { DomainError, isDomainError } from '#platform/errors.ts';
import { parseInput } from '#platform/parse-input.ts';
import type { DisputeEvidence, DisputeView } from '#platform/payments/payments.ts';
import { drawPaper } from '#platform/pdf/draw-paper.ts';
import { requireAdmin } from '../accounts/require-account.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { evidencePaper } from './evidence-paper.ts';
import { evidenceTexts } from './evidence-texts.ts';
import { gatherEvidence } from './gather-evidence.ts';
import { keepDispute } from './keep-dispute.ts';
import { disputes } from './tables.ts';

const ofDispute = z.object({ disputeId: z.string().min(1).max(200) });

/**
 * Hands everything that speaks for the sale to the bank, once and for good. Banks mostly look at the first evidence alone, so
 * a second click finds it sent. Throws 'forbidden', 'not-found', and 'conflict' for a dispute without an order.
 */
export async function sendEvidence(
  ctx: Context,
  input: z.input<typeof ofDispute>,
): Promise<'sent' | 'already-sent'> {
  requireAdmin(ctx);
  const { disputeId } = parseInput(ofDispute, input);
  const dispute = await requireDispute(ctx, disputeId);
  if (dispute.state !== 'needs-response' || dispute.submissions > 0) return 'already-sent';
  const evidence = await drawEvidence(ctx, dispute);
  // Called again with the same facts, it is the same evidence under the same key.
  const idempotencyKey = `evidence/${disputeId}/${digestOf(evidence)}`;
  await recordAudit(ctx, {
    action: 'disputes.send-evidence',
    subjectKind: 'dispute',
    subjectId: disputeId,
    details: { idempotencyKey },
  });
  const { view, outcome } = await submit(ctx, { disputeId, evidence, idempotencyKey });
  const news = { view, money: null, occurredAt: ctx.clock.now() };
  await inTransaction(ctx, (tx) => keepDispute(tx, news));
  return outcome;
}

/** The same paper that would be sent, to be looked at before. */
export async function readEvidencePaper(
  ctx: Context,
  input: z.input<typeof ofDispute>,
): Promise<{ fileName: string; bytes: Buffer }> {
  requireAdmin(ctx);
  const { disputeId } = parseInput(ofDispute, input);
  const { document } = await drawEvidence(ctx, await requireDispute(ctx, disputeId));
  return document;
}

type DisputeRow = typeof disputes.$inferSelect;
type Drawn = DisputeEvidence & Required<Pick<DisputeEvidence, 'document'>>;

async function requireDispute(ctx: Context, disputeId: string): Promise<DisputeRow> {
  const [dispute] = await ctx.db.select().from(disputes).where(eq(disputes.id, disputeId));
  if (dispute) return dispute;
  throw new DomainError('not-found', { public: { key: 'disputes.missing' } });
}

async function drawEvidence(ctx: Context, { orderId }: DisputeRow): Promise<Drawn> {
  if (orderId === null) throw new DomainError('conflict', { public: { key: 'disputes.noOrder' } });
  const facts = await gatherEvidence(ctx, { orderId });
  const bytes = await drawPaper(evidencePaper(facts));
  return { ...evidenceTexts(facts), document: { fileName: `evidence-${facts.number}.pdf`, bytes } };
}

function digestOf({ document, ...texts }: Drawn): string {
  return createHash('sha256').update(JSON.stringify(texts)).update(document.bytes).digest('hex').slice(0, 32);
}

/** A refusal may be an answer that was lost: the provider tells whether the bank has something already. */
async function submit(
  ctx: Context,
  wanted: { disputeId: string; evidence: Drawn; idempotencyKey: string },
): Promise<{ view: DisputeView; outcome: 'sent' | 'already-sent' }> {
  try {
    return { view: await ctx.payments.keepEvidence({ ...wanted, submit: true }), outcome: 'sent' };
  } catch (error) {
    if (!isDomainError(error) || error.code !== 'conflict') throw error;
    const view = await ctx.payments.getDispute(wanted.disputeId);
    if (view.submissions === 0) throw error;
    return { view, outcome: 'already-sent' };
  }
}
