const mostRounds = 30;
const enoughChange = 1e-4;

/**
 * Probability of each pair when every row takes at most one column and every column at most one row: row-major, `rows` × `columns`
 * like `odds`, which are against the row taking none. Belief propagation of Williams and Lau, "Approximate evaluation of
 * marginal association probabilities with belief propagation" (2014): it always converges, and errs least where it matters,
 * at nearly certain pairs. Sums over a row or a column are at most 1.
 */
export function assignRunners(odds: Float64Array, rows: number, columns: number): Float64Array {
  const fromColumn = new Float64Array(odds.length).fill(1);
  const fromRow = new Float64Array(odds.length);
  const columnSums = new Float64Array(columns);
  for (let round = 0; round < mostRounds; round++) {
    tellColumns({ odds, fromColumn, fromRow, columnSums, rows, columns });
    if (tellRows({ fromColumn, fromRow, columnSums }) < enoughChange) break;
  }
  return marginals({ odds, fromColumn, rows, columns });
}

interface Messages {
  odds: Float64Array;
  fromColumn: Float64Array;
  fromRow: Float64Array;
  columnSums: Float64Array;
  rows: number;
  columns: number;
}

function tellColumns({ odds, fromColumn, fromRow, columnSums, rows, columns }: Messages): void {
  columnSums.fill(0);
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    let sum = 1;
    for (let at = start; at < start + columns; at++) sum += (odds[at] ?? 0) * (fromColumn[at] ?? 0);
    for (let column = 0; column < columns; column++) {
      const at = start + column;
      const own = odds[at] ?? 0;
      if (own === 0) continue;
      // Taking none alone is 1, which odds of 1e16 and more round away.
      const told = own / Math.max(1, sum - own * (fromColumn[at] ?? 0));
      fromRow[at] = told;
      columnSums[column] = (columnSums[column] ?? 0) + told;
    }
  }
}

/** The largest change of a message. */
function tellRows({
  fromColumn,
  fromRow,
  columnSums,
}: Pick<Messages, 'fromColumn' | 'fromRow' | 'columnSums'>): number {
  const columns = columnSums.length;
  let change = 0;
  for (let at = 0; at < fromRow.length; at++) {
    const others = Math.max(0, (columnSums[at % columns] ?? 0) - (fromRow[at] ?? 0));
    const told = 1 / (1 + others);
    change = Math.max(change, Math.abs(told - (fromColumn[at] ?? 0)));
    fromColumn[at] = told;
  }
  return change;
}

function marginals({
  odds,
  fromColumn,
  rows,
  columns,
}: Pick<Messages, 'odds' | 'fromColumn' | 'rows' | 'columns'>): Float64Array {
  const result = new Float64Array(odds.length);
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    let sum = 1;
    for (let at = start; at < start + columns; at++) sum += (odds[at] ?? 0) * (fromColumn[at] ?? 0);
    for (let at = start; at < start + columns; at++)
      result[at] = ((odds[at] ?? 0) * (fromColumn[at] ?? 0)) / sum;
  }
  return result;
}
