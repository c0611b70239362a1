import type { FormState } from '#app/_web/form.ts';

export interface TypedStatement {
  name: string;
  orderNumber: string;
  email: string;
}

/** Where the withdrawal function stands: fields to fill, the statement to confirm, or what was received when. */
export type WithdrawalState =
  | { step: 'fill'; form: FormState; typed: TypedStatement }
  | { step: 'check'; typed: TypedStatement }
  | { step: 'sent'; instant: string };
