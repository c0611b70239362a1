/**
 * The keys of the Stripe objects that the counterpart gives, from the examples in Stripe's OpenAPI repository (MIT), with
 * what each holds: s text, n number, b boolean, l list, o object, ? null in the example. Every key is always there.
 */
export const STRIPE_SHAPES: Record<string, string> = {
  payment_intent:
    'amount:n amount_capturable:n amount_details:o amount_received:n application:? ' +
    'application_fee_amount:? automatic_payment_methods:o canceled_at:n cancellation_reason:? ' +
    'capture_method:s client_secret:s confirmation_method:s created:n currency:s customer:? ' +
    'customer_account:? description:? excluded_payment_method_types:? id:s last_payment_error:o ' +
    'latest_charge:? livemode:b managed_payments:o metadata:o next_action:o object:s on_behalf_of:? ' +
    'payment_method:? payment_method_configuration_details:o payment_method_options:o ' +
    'payment_method_types:l processing:o receipt_email:? review:? setup_future_usage:? shipping:o ' +
    'source:? statement_descriptor:? statement_descriptor_suffix:? status:s transfer_data:o ' +
    'transfer_group:?',
  charge:
    'amount:n amount_captured:n amount_refunded:n application:? application_fee:? ' +
    'application_fee_amount:? balance_transaction:s billing_details:o ' +
    'calculated_statement_descriptor:? captured:b created:n currency:s customer:? description:s ' +
    'disputed:b failure_balance_transaction:? failure_code:? failure_message:? fraud_details:o id:s ' +
    'livemode:b metadata:o object:s on_behalf_of:? outcome:o paid:b payment_intent:? ' +
    'payment_method:s payment_method_details:o receipt_email:? receipt_number:? receipt_url:s ' +
    'refunded:b refunds:o review:? shipping:o source:o source_transfer:? statement_descriptor:? ' +
    'statement_descriptor_suffix:? status:s transfer_data:o transfer_group:?',
  balance_transaction:
    'amount:n available_on:n balance_type:s created:n currency:s description:s exchange_rate:? fee:n ' +
    'fee_details:l id:s net:n object:s reporting_category:s source:s status:s type:s',
  refund:
    'amount:n balance_transaction:? charge:s created:n currency:s customer:? customer_account:? ' +
    'destination_details:o id:s metadata:o object:s payment_intent:? payment_method:? reason:? ' +
    'receipt_number:? source_transfer_reversal:? status:s transfer_reversal:?',
  transfer:
    'amount:n amount_reversed:n balance_transaction:s created:n currency:s description:? ' +
    'destination:s destination_payment:s id:s livemode:b metadata:o object:s reversals:o reversed:b ' +
    'source_transaction:? source_type:s transfer_group:?',
  transfer_reversal:
    'amount:n balance_transaction:? created:n currency:s destination_payment_refund:? id:s ' +
    'metadata:o object:s source_refund:? transfer:s',
  dispute:
    'amount:n balance_transactions:l charge:s created:n currency:s enhanced_eligibility_types:l ' +
    'evidence:o evidence_details:o id:s is_charge_refundable:b livemode:b metadata:o object:s ' +
    'payment_intent:? payment_method_details:o reason:s status:s',
  account:
    'business_profile:o business_type:? capabilities:o charges_enabled:b controller:o country:s ' +
    'created:n default_currency:s details_submitted:b email:s external_accounts:o ' +
    'future_requirements:o id:s metadata:o object:s payouts_enabled:b requirements:o settings:o ' +
    'tos_acceptance:o type:s',
  account_link: 'created:n expires_at:n object:s url:s',
  event: 'api_version:? created:n data:o id:s livemode:b object:s pending_webhooks:n request:o type:s',
  'radar.early_fraud_warning': 'actionable:b charge:s created:n fraud_type:s id:s livemode:b object:s',
  payout:
    'amount:n application_fee:? application_fee_amount:? arrival_date:n automatic:b ' +
    'balance_transaction:s created:n currency:s description:s destination:s ' +
    'failure_balance_transaction:? failure_code:? failure_message:? id:s livemode:b metadata:o ' +
    'method:s object:s original_payout:? payout_method:? reconciliation_status:s reversed_by:? ' +
    'source_type:s statement_descriptor:? status:s trace_id:o type:s',
  webhook_endpoint:
    'api_version:? application:? created:n description:s enabled_events:l id:s livemode:b metadata:o ' +
    'object:s status:s url:s',
  payment_method_domain:
    'amazon_pay:o apple_pay:o created:n domain_name:s enabled:b google_pay:o id:s klarna:o link:o ' +
    'livemode:b object:s paypal:o',
  apple_pay_domain: 'created:n domain_name:s id:s livemode:b object:s',
  payment_method_configuration:
    'acss_debit:o active:b affirm:o afterpay_clearpay:o alipay:o amazon_pay:o apple_pay:o ' +
    'application:? bacs_debit:o bancontact:o blik:o card:o cartes_bancaires:o cashapp:o ' +
    'customer_balance:o eps:o giropay:o google_pay:o id:s ideal:o is_default:b klarna:o link:o ' +
    'livemode:b multibanco:o name:s object:s p24:o parent:? sepa_debit:o sofort:o us_bank_account:o ' +
    'wechat_pay:o zip:o',
  balance: 'available:l connect_reserved:l livemode:b object:s pending:l',
  file: 'created:n expires_at:n filename:s id:s links:o object:s purpose:s size:n title:? type:s url:s',
};
