import type Stripe from 'stripe';
import type { DisputeEvidence, DisputeView, PaymentProvider } from './payments.ts';
import { fromStripeAmount } from './stripe-amount.ts';
import { askStripe } from './stripe-client.ts';
import { idOf } from './stripe-intents.ts';

export async function getDispute(stripe: Stripe, id: string): Promise<DisputeView> {
  return toDispute(await askStripe(() => stripe.disputes.retrieve(id)));
}

export async function keepEvidence(
  stripe: Stripe,
  input: Parameters<PaymentProvider['keepEvidence']>[0],
): Promise<DisputeView> {
  const { disputeId, submit, idempotencyKey } = input;
  const evidence = { ...toEvidence(input.evidence), ...(await uploadDocument(stripe, input)) };
  const keep = () => stripe.disputes.update(disputeId, { evidence, submit }, { idempotencyKey });
  return toDispute(await askStripe(keep));
}

/** Under a key of its own, so that a call made again does not leave the same file twice. */
async function uploadDocument(
  stripe: Stripe,
  { evidence, idempotencyKey }: Parameters<PaymentProvider['keepEvidence']>[0],
): Promise<Pick<Stripe.DisputeUpdateParams.Evidence, 'uncategorized_file'>> {
  if (!evidence.document) return {};
  const { fileName: name, bytes: data } = evidence.document;
  const file = { name, data, type: 'application/pdf' };
  const upload = () =>
    stripe.files.create(
      { purpose: 'dispute_evidence', file },
      { idempotencyKey: `${idempotencyKey}/document` },
    );
  return { uncategorized_file: (await askStripe(upload)).id };
}

function toEvidence(kept: DisputeEvidence): Stripe.DisputeUpdateParams.Evidence {
  const texts = {
    product_description: kept.productDescription,
    customer_email_address: kept.buyerEmail,
    customer_purchase_ip: kept.buyerAddress,
    access_activity_log: kept.accessLog,
    refund_policy_disclosure: kept.refundPolicyShown,
    refund_refusal_explanation: kept.refundRefused,
    uncategorized_text: kept.more,
  };
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined));
}

export function toDispute(dispute: Stripe.Dispute): DisputeView {
  const { due_by: dueBy, submission_count: submissions } = dispute.evidence_details;
  return {
    id: dispute.id,
    intentId: idOf(dispute.payment_intent),
    amountCents: fromStripeAmount(dispute.amount, dispute.currency),
    currency: dispute.currency,
    reason: dispute.reason,
    state: stateOf(dispute.status),
    refundable: dispute.is_charge_refundable,
    fee: feeOf(dispute),
    respondBy: dueBy === null ? null : new Date(dueBy * 1000),
    submissions,
  };
}

/** Each withdrawal has its fee, and a return of the money may give it back. */
function feeOf({ balance_transactions: moved }: Stripe.Dispute): DisputeView['fee'] {
  const [first] = moved;
  if (!first) return null;
  const { currency } = first;
  const sum = moved.reduce((total, { fee }) => total + fee, 0);
  return { cents: fromStripeAmount(sum, currency), currency };
}

/** An inquiry (`warning_…`) is taken as seriously as what it may become, but for refunds. One that was prevented is over. */
function stateOf(status: Stripe.Dispute.Status): DisputeView['state'] {
  if (status === 'won' || status === 'warning_closed' || status === 'prevented') return 'won';
  if (status === 'lost') return 'lost';
  return status.endsWith('needs_response') ? 'needs-response' : 'under-review';
}
