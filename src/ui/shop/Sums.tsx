export interface SumRow {
  key: string;
  label: string;
  amount: string;
}

/** An addition with its total under a line. */
export function Sums({ rows, total }: { rows: SumRow[]; total: { label: string; amount: string } }) {
  return (
    <dl className="sums">
      {rows.map((row) => (
        <div key={row.key}>
          <dt>{row.label}</dt>
          <dd>{row.amount}</dd>
        </div>
      ))}
      <div className="sum">
        <dt>{total.label}</dt>
        <dd>{total.amount}</dd>
      </div>
    </dl>
  );
}
