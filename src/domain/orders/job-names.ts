export const DELIVER_ORDER = 'deliver-order';
export const MAKE_WEB_COPY = 'make-web-copy';
export const TELL_FAILED_PAYMENT = 'tell-failed-payment';
export const CLOSE_SUPERSEDED = 'close-superseded-orders';
export const SEND_REFUND = 'send-refund';
export const SETTLE_CREDITS = 'settle-credits';
export const SETTLE_ORDER = 'settle-order';
export const INVOICE_ORDER = 'invoice-order';
export const SETTLE_WITHDRAWAL = 'settle-withdrawal';

/** Jobs of the rooms above that follow each move of an order, with `{ orderId }`. Each works out from the order what is due and does it once. */
export const AFTER_EACH_MOVE: readonly string[] = [
  SETTLE_CREDITS,
  SETTLE_ORDER,
  INVOICE_ORDER,
  SETTLE_WITHDRAWAL,
];
