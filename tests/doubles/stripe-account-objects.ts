import { type Made, newId } from './stripe-objects.ts';

function requirements(due: string[]) {
  return {
    alternatives: [],
    current_deadline: null as number | null,
    currently_due: due,
    disabled_reason: due.length > 0 ? 'requirements.past_due' : (null as string | null),
    errors: [],
    eventually_due: due,
    past_due: [] as string[],
    pending_verification: [] as string[],
  };
}

/** What Stripe asks a new seller in France for first. */
const ASKED = ['business_type', 'external_account', 'tos_acceptance.date', 'tos_acceptance.ip'];

export function newAccount(
  { created }: Made,
  asked: { country: string; email: string | null; metadata: Record<string, string> },
) {
  const id = newId('acct');
  const nowhere = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null };
  return {
    id,
    object: 'account',
    ...asked,
    created,
    business_profile: {
      annual_revenue: null,
      estimated_worker_count: null,
      mcc: null,
      minority_owned_business_designation: null,
      name: null,
      product_description: null,
      support_address: nowhere,
      support_email: null,
      support_phone: null,
      support_url: null,
      url: null,
    },
    business_type: null,
    capabilities: { transfers: 'inactive' } as Record<string, string>,
    charges_enabled: false,
    controller: { type: 'application' },
    default_currency: 'eur',
    details_submitted: false,
    external_accounts: {
      object: 'list',
      data: [],
      has_more: false,
      url: `/v1/accounts/${id}/external_accounts`,
    },
    future_requirements: requirements([]),
    payouts_enabled: false,
    requirements: requirements(ASKED),
    settings: { dashboard: { display_name: null, timezone: 'Etc/UTC' } },
    tos_acceptance: { date: null, ip: null, user_agent: null },
    type: 'none',
  };
}
export type AccountObject = ReturnType<typeof newAccount>;

/** The seller has given everything. */
export function completeAccount(account: AccountObject): void {
  account.capabilities = { transfers: 'active' };
  account.charges_enabled = true;
  account.payouts_enabled = true;
  account.details_submitted = true;
  account.requirements = requirements([]);
}

export function newAccountLink({ created }: Made, account: string) {
  return {
    object: 'account_link',
    created,
    expires_at: created + 300,
    url: `https://connect.stripe.com/setup/e/${account}/${newId('link')}`,
  };
}

export function newWebhookEndpoint(
  { created, livemode }: Made,
  asked: { url: string; enabled_events: string[]; api_version: string | null },
) {
  return {
    id: newId('we'),
    object: 'webhook_endpoint',
    ...asked,
    application: null,
    created,
    description: null,
    livemode,
    metadata: {},
    status: 'enabled' as 'enabled' | 'disabled',
  };
}

export function newPaymentMethodDomain({ created, livemode }: Made, name: string) {
  const active = { status: 'active' as 'active' | 'inactive' };
  return {
    id: newId('pmd'),
    object: 'payment_method_domain',
    domain_name: name,
    enabled: true,
    created,
    livemode,
    amazon_pay: { status: 'inactive' },
    apple_pay: { ...active },
    google_pay: { ...active },
    klarna: { status: 'inactive' },
    link: { ...active },
    paypal: { status: 'inactive' },
  };
}

export function newApplePayDomain({ created, livemode }: Made, name: string) {
  return { id: newId('apwc'), object: 'apple_pay_domain', domain_name: name, created, livemode };
}

const METHODS =
  'acss_debit affirm afterpay_clearpay alipay amazon_pay apple_pay bacs_debit bancontact blik card cartes_bancaires cashapp customer_balance eps giropay google_pay ideal klarna link multibanco p24 sepa_debit sofort us_bank_account wechat_pay zip';
export type MethodStates = Record<
  string,
  { available: boolean; display_preference: Record<string, unknown> }
>;

/** Which means of payment the account shows; `on` are names such as `card`. */
export function newMethodConfiguration({ livemode }: Made, on: string[]) {
  const methods: MethodStates = {};
  for (const name of METHODS.split(' ')) {
    const value = on.includes(name) ? 'on' : 'off';
    methods[name] = {
      available: value === 'on',
      display_preference: { overridable: null, preference: value, value },
    };
  }
  return {
    id: 'pmc_counterpart',
    object: 'payment_method_configuration',
    active: true,
    application: null,
    is_default: true,
    livemode,
    name: 'Default',
    parent: null,
    ...methods,
  };
}

export function newBalance({ livemode }: Made, amount: number, currency: string) {
  const sum = { amount, currency, source_types: { card: amount } };
  return {
    object: 'balance',
    available: [sum],
    connect_reserved: [{ amount: 0, currency }],
    livemode,
    pending: [{ ...sum, amount: 0, source_types: { card: 0 } }],
  };
}
