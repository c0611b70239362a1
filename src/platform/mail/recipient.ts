import { DomainError } from '../errors.ts';

/** One plain address: no display name, list, comment, quoted part or control character can get in. */
const ADDRESS =
  /^[^\s"(),:;<>@[\\\]\p{Cc}]{1,64}@[^\s"(),:;<>@[\\\]\p{Cc}]{1,189}\.[^\s"(),:;<>@[\\\]\p{Cc}]{1,63}$/u;

export function requireRecipient(address: string): string {
  if (address.length <= 254 && ADDRESS.test(address) && !address.includes('..')) return address;
  throw new DomainError('bad-input', {
    public: { key: 'platform.badEmail' },
    internal: 'mail refused: the recipient is not one plain address',
  });
}

/** Control characters become spaces, so that text of people cannot start a new header. */
export function oneLine(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
    .slice(0, 200);
}
