import { formatMoney } from '../format-money.ts';

interface PriceProps {
  cents: number;
  fullCents: number;
  currency: string;
  locale: string;
  /** "au lieu de", for those who do not see that the other price is struck. */
  instead: string;
}

/** A price, and before it the full one struck where it is lower. */
export function Price({ cents, fullCents, currency, locale, instead }: PriceProps) {
  const price = formatMoney(cents, currency, locale);
  if (fullCents <= cents) return <span className="price">{price}</span>;
  return (
    <span className="price">
      <span>{price}</span>{' '}
      <s>
        <span className="sr-only">{instead} </span>
        {formatMoney(fullCents, currency, locale)}
      </s>
    </span>
  );
}
