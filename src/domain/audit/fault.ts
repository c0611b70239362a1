/** Something in the books that must never be so. */
export interface Fault {
  /** Kebab case, told in words by `npm run integrity`. */
  rule: string;
  /** An id or a key. */
  subject: string;
  /** The facts that do not agree. */
  detail: string;
}
