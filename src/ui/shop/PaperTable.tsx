import { Icon } from '../Icon.tsx';

export interface PaperRow {
  id: string;
  number: string;
  kind: string;
  issuer: string;
  order: string;
  issuedAt: string;
  vat: string;
  total: string;
  /** A credit note takes money back. */
  taken: boolean;
  url: string;
  /** Said of the link to its PDF. */
  open: string;
}

interface PaperTableProps {
  rows: PaperRow[];
  words: Record<'number' | 'kind' | 'issuer' | 'order' | 'issuedAt' | 'vat' | 'total', string>;
  /** Whose they are is told only where they are several people's. */
  withIssuer: boolean;
}

/** Invoices and credit notes, each with its PDF. */
export function PaperTable({ rows, words, withIssuer }: PaperTableProps) {
  return (
    <table className="table" data-cards="">
      <thead>
        <tr>
          <th scope="col">{words.number}</th>
          <th scope="col">{words.kind}</th>
          {withIssuer ? <th scope="col">{words.issuer}</th> : null}
          <th scope="col">{words.order}</th>
          <th scope="col">{words.issuedAt}</th>
          <th scope="col" className="n">
            {words.vat}
          </th>
          <th scope="col" className="n">
            {words.total}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <th scope="row">
              <a className="act" href={row.url} aria-label={row.open}>
                <Icon name="download" />
                {row.number}
              </a>
            </th>
            <td data-label={words.kind}>
              <span className="chip" data-state={row.taken ? 'warn' : undefined}>
                {row.kind}
              </span>
            </td>
            {withIssuer ? <td data-label={words.issuer}>{row.issuer}</td> : null}
            <td data-label={words.order}>{row.order}</td>
            <td className="num" data-label={words.issuedAt}>
              {row.issuedAt}
            </td>
            <td className="n" data-label={words.vat}>
              {row.vat}
            </td>
            <td className="n" data-label={words.total}>
              <b>{row.total}</b>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
