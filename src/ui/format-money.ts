/** "24 €" or "24,50 €": the decimals only when there are some. `cents` counts the smallest unit of the currency, of which a
 *  yen has none and a dinar three decimals (ISO 4217, as Intl knows it). */
export function formatMoney(cents: number, currency: string, locale: string): string {
  const style = { style: 'currency', currency: currency.toUpperCase() } as const;
  const decimals = new Intl.NumberFormat(locale, style).resolvedOptions().maximumFractionDigits ?? 2;
  const unit = 10 ** decimals;
  const shown = cents % unit === 0 ? 0 : decimals;
  const format = { ...style, minimumFractionDigits: shown, maximumFractionDigits: shown };
  return new Intl.NumberFormat(locale, format).format(cents / unit);
}
