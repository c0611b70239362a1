export const DELIVER_ORDER = 'deliver-order';
export const TELL_FAILED_PAYMENT = 'tell-failed-payment';
