import { z } from 'zod';
import { setting, whole } from './setting.ts';

/** How the money of sales is shared out and sent. */
export const payoutSettings = {
  providerFeeBorneBy: setting(
    'PROVIDER_FEE_BORNE_BY',
    z.enum(['platform', 'seller']).default('platform'),
    'platform',
    'Who bears what the payment provider keeps of each sale. platform: out of its own share. seller: each seller of the order, by what they sold; their money then waits until the provider has said how much it is.',
  ),
  delayedPaymentHoldDays: setting(
    'DELAYED_PAYMENT_HOLD_DAYS',
    whole(0, 120, 14),
    '14',
    'Days that shares of a sale paid by bank debit (SEPA) wait before they are sent to sellers. A buyer may have such a debit undone for eight weeks without a reason; 0 sends them at once.',
  ),
};
