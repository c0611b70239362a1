import type { CSSProperties } from 'react';

interface BibProps {
  bib: string;
  /** The race's colour as #rrggbb. */
  colour?: string | null;
  /** In CSS units; the plate follows. */
  size?: string;
}

/** The plate with four pin holes, tinted by its race. */
export function Bib({ bib, colour, size }: BibProps) {
  return (
    <span className="bib" style={bibStyle(colour, size)}>
      {bib}
    </span>
  );
}

/** A plate that waits for its number: brand and empty states. */
export function BlankBib({ digits = 4, colour, size }: { digits?: number; colour?: string; size?: string }) {
  return (
    <span className="bib" data-blank="" aria-hidden="true" style={bibStyle(colour, size)}>
      {'0'.repeat(digits)}
    </span>
  );
}

export function raceStyle(colour: string | null | undefined): CSSProperties | undefined {
  return colour ? ({ '--race': colour } as CSSProperties) : undefined;
}

function bibStyle(colour: string | null | undefined, size: string | undefined): CSSProperties {
  return { ...raceStyle(colour), ...(size ? { fontSize: size } : {}) };
}
