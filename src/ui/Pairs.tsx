import type { ReactNode } from 'react';

/** Facts of one thing, each a label and its value. */
export function Pairs({ rows }: { rows: { label: string; value: ReactNode }[] }) {
  return (
    <dl className="pairs">
      {rows.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className="num">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
