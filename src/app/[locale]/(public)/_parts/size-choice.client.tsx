'use client';

import type { PhotoSize } from '#domain/pricing/offer.ts';
import { chooseSize, useChosenSize } from './chosen-size.client.ts';

interface SizeChoiceProps {
  legend: string;
  sizes: { size: PhotoSize; label: string; price: string }[];
}

/** In which size photos are added by the buttons beside them. */
export function SizeChoice({ legend, sizes }: SizeChoiceProps) {
  const chosen = useChosenSize(sizes.map(({ size }) => size));
  return (
    <fieldset className="segments" data-wide="">
      <legend className="sr-only">{legend}</legend>
      {sizes.map(({ size, label, price }) => (
        <label key={size}>
          <input type="radio" name="size" checked={size === chosen} onChange={() => chooseSize(size)} />
          <span>
            {label} <b>{price}</b>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
