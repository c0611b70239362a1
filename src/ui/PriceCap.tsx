import type { CSSProperties } from 'react';

const MOST_BARS = 24;

interface PriceCapProps {
  photoCount: number;
  photoPriceCents: number;
  capCents: number;
  chosenCount?: number;
  label: string;
  /** Under the first bar and under the last. */
  from: string;
  to: string;
}

/** The price of 1, 2, 3… photos as bars that climb and then stop. The words beside say the same. */
export function PriceCap({
  photoCount,
  photoPriceCents,
  capCents,
  chosenCount = 0,
  ...words
}: PriceCapProps) {
  const bars = Array.from({ length: Math.min(photoCount, MOST_BARS) }, (_, index) => index + 1);
  return (
    <div>
      <div className="cap" role="img" aria-label={words.label}>
        {bars.map((count) => (
          <i
            key={count}
            data-chosen={count <= chosenCount ? '' : undefined}
            style={{ '--h': Math.min((count * photoPriceCents) / capCents, 1) } as CSSProperties}
          />
        ))}
      </div>
      <div className="cap-axis" aria-hidden="true">
        <span>{words.from}</span>
        <span>{words.to}</span>
      </div>
    </div>
  );
}
