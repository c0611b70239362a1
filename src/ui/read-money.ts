/** "7,50" or "7.50" → 750 minor units of the currency (ISO 4217); null for what is no positive amount of it. */
export function readMoney(text: string, currency: string): number | null {
  const style = { style: 'currency', currency: currency.toUpperCase() } as const;
  const decimals = new Intl.NumberFormat('en', style).resolvedOptions().maximumFractionDigits ?? 2;
  const plain = text.replaceAll(/[\s\u00a0\u202f€$£]/gu, '').replace(',', '.');
  const found = /^(\d{1,9})(?:\.(\d{1,3}))?$/u.exec(plain);
  const [, whole, part = ''] = found ?? [];
  if (whole === undefined || part.length > decimals) return null;
  const cents = Number(whole) * 10 ** decimals + Number(part.padEnd(decimals, '0') || 0);
  return cents > 0 ? cents : null;
}
