import { type ChargeObject, empty, type Made, type newDisputeTransaction, newId } from './stripe-objects.ts';

export function newFile(
  { created }: Made,
  file: { name: string; size: number; type: string },
  purpose: string,
) {
  const id = newId('file');
  return {
    id,
    object: 'file',
    created,
    expires_at: null,
    filename: file.name,
    links: { object: 'list', data: [], has_more: false, url: `/v1/file_links?file=${id}` },
    purpose,
    size: file.size,
    title: null,
    type: file.type,
    url: `https://files.stripe.com/v1/files/${id}/contents`,
  };
}

const EVIDENCE =
  'access_activity_log billing_address cancellation_policy cancellation_policy_disclosure cancellation_rebuttal customer_communication customer_email_address customer_name customer_purchase_ip customer_signature duplicate_charge_documentation duplicate_charge_explanation duplicate_charge_id product_description receipt refund_policy refund_policy_disclosure refund_refusal_explanation service_date service_documentation shipping_address shipping_carrier shipping_date shipping_documentation shipping_tracking_number uncategorized_file uncategorized_text';
export const EVIDENCE_NAMES = EVIDENCE.split(' ');
const RESPOND_WITHIN_SECONDS = 7 * 86_400;

export function newDispute({ created, livemode }: Made, charge: ChargeObject) {
  return {
    id: newId('dp'),
    object: 'dispute',
    amount: charge.amount,
    balance_transactions: [] as ReturnType<typeof newDisputeTransaction>[],
    charge: charge.id,
    created,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: { ...empty(EVIDENCE), enhanced_evidence: {} } as Record<string, unknown>,
    evidence_details: {
      due_by: created + RESPOND_WITHIN_SECONDS,
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      enhanced_eligibility: {},
    },
    is_charge_refundable: false,
    livemode,
    metadata: {},
    payment_intent: charge.payment_intent,
    payment_method_details: {
      card: { brand: 'visa', case_type: 'chargeback', network: 'visa', network_reason_code: '10.4' },
      type: 'card',
    },
    reason: 'fraudulent',
    status: 'needs_response' as 'needs_response' | 'under_review' | 'won' | 'lost',
  };
}
export type DisputeObject = ReturnType<typeof newDispute>;

export function newFraudWarning({ created, livemode }: Made, charge: ChargeObject) {
  return {
    id: newId('issfr'),
    object: 'radar.early_fraud_warning',
    actionable: true,
    charge: charge.id,
    created,
    fraud_type: 'made_with_stolen_card',
    livemode,
    payment_intent: charge.payment_intent,
  };
}
