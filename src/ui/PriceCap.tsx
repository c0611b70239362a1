import type { CSSProperties } from 'react';

export const MOST_BARS = 24;

interface PriceCapProps {
  /** What 1, 2, 3… photos cost together; more than 24 are not drawn. */
  climbCents: number[];
  chosenCount?: number;
  label: string;
  /** Under the first bar and under the last. */
  from: string;
  to: string;
}

/** The price of 1, 2, 3… photos as bars that climb and then stop. The words beside say the same. */
export function PriceCap({ climbCents, chosenCount = 0, label, from, to }: PriceCapProps) {
  const bars = climbCents.slice(0, MOST_BARS).map((cents, index) => ({ cents, count: index + 1 }));
  const highest = Math.max(1, ...bars.map(({ cents }) => cents));
  return (
    <div>
      <div className="cap" role="img" aria-label={label}>
        {bars.map(({ cents, count }) => (
          <i
            key={count}
            data-chosen={count <= chosenCount ? '' : undefined}
            style={{ '--h': cents / highest } as CSSProperties}
          />
        ))}
      </div>
      <div className="cap-axis" aria-hidden="true">
        <span>{from}</span>
        <span>{to}</span>
      </div>
    </div>
  );
}
