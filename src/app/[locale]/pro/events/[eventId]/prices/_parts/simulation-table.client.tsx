import { useLocale, useTranslations } from 'next-intl';
import { formatMoney } from '#ui/format-money.ts';
import type { SimulatedRow, Simulation } from './simulate-offer.ts';

const ROWS_SHOWN = 12;

interface SimulationTableProps {
  rows: SimulatedRow[];
  /** The number of photos that is played with: its row is marked. */
  count: number;
  simulation: Simulation;
  percent: number;
}

/** The first numbers of photos, their price, and why. */
export function SimulationTable({ rows, count, simulation, percent }: SimulationTableProps) {
  const t = useTranslations('prices.simulation');
  const locale = useLocale();
  const money = (cents: number) => formatMoney(cents, simulation.currency, locale);
  return (
    <table className="table">
      <caption className={percent > 0 ? 'small' : 'sr-only'}>
        {percent > 0 ? t('less', { percent }) : t('title')}
      </caption>
      <thead>
        <tr>
          <th scope="col" className="n">
            {t('count')}
          </th>
          <th scope="col" className="n">
            {t('pays')}
          </th>
          <th scope="col">{t('why')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.slice(0, ROWS_SHOWN).map((row) => (
          <tr
            key={row.photos}
            data-chosen={row.photos === count ? '' : undefined}
            data-less={row.priceCents < row.fullCents ? '' : undefined}
          >
            <th scope="row" className="n">
              {row.photos}
            </th>
            <td className="n">{money(row.priceCents)}</td>
            <td>
              <Reason row={row} currency={simulation.currency} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Reason({ row, currency }: { row: SimulatedRow; currency: string }) {
  const t = useTranslations('prices.simulation.because');
  const locale = useLocale();
  const price = formatMoney(row.unitCents, currency, locale);
  const inPacks = row.packs.reduce((sum, pack) => sum + pack.photos * pack.times, 0);
  const alone = Math.max(0, row.photos - inPacks);
  if (row.reason !== 'pack') return t(row.reason, { price });
  const packs = row.packs.map(({ photos, times }) => t('pack', { photos, times }));
  return [...packs, ...(alone > 0 ? [t('alone', { count: alone, price })] : [])].join(' + ');
}
