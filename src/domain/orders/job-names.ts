export const DELIVER_ORDER = 'deliver-order';
export const TELL_FAILED_PAYMENT = 'tell-failed-payment';
export const SEND_REFUND = 'send-refund';
export const SETTLE_CREDITS = 'settle-credits';

/** Jobs of the rooms above that follow each move of an order, with `{ orderId }`. Each works out from the order what is due and does it once. */
export const AFTER_EACH_MOVE: readonly string[] = [SETTLE_CREDITS];
