import type { Locale } from '#context.ts';

type Words = Record<string, unknown>;

/** Each is a file of messages/<locale>/. */
const NAMESPACES = [
  'common',
  'public',
  'shop',
  'orders',
  'account',
  'pro',
  'prices',
  'payouts',
  'upload',
  'matching',
  'clocks',
  'triage',
  'found',
  'admin',
  'payments',
  'invoices',
  'errors',
] as const;

/** Every word of one language by namespace. */
export async function loadMessages(locale: Locale): Promise<Record<string, Words>> {
  const files = await Promise.all(
    NAMESPACES.map(async (namespace) => {
      const file: { default: Words } = await import(`../../../messages/${locale}/${namespace}.json`);
      return [namespace, file.default] as const;
    }),
  );
  return Object.fromEntries(files);
}
