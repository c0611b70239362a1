/**
 * The admin pages live in the file tree under /<locale>/admin and are only reachable under the operator's own word.
 * Gives the address that Next must see, or null when the raw one was asked for: it does not exist.
 */
export function adminAddress(address: string, path: string, adminPath: string): string | null {
  const [, locale = '', first = ''] = path.split('/');
  if (locale !== 'fr' && locale !== 'en') return address;
  if (/^admin(?![a-z0-9_-])/i.test(first)) return null;
  if (first !== adminPath && !first.startsWith(`${adminPath}.`)) return address;
  const mark = `/${locale}/${adminPath}`;
  return address.startsWith(mark) ? `/${locale}/admin${address.slice(mark.length)}` : address;
}
