export const SWEEP_INVOICES = 'sweep-invoices';
