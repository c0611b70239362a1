/** `address`: not one that may be fetched. `not-reached`: nobody answers there. `redirects`: it leads on too often. */
export type FetchRefusal = 'address' | 'not-reached' | 'redirects' | 'too-large' | 'too-slow' | 'garbled';

/** The message never holds the address: it may be a key itself. */
export class FetchRefused extends Error {
  override name = 'FetchRefused';
  readonly reason: FetchRefusal;

  constructor(reason: FetchRefusal, cause?: unknown) {
    super(`fetch refused: ${reason}`, { cause });
    this.reason = reason;
  }
}
