import { useFormatter, useTranslations } from 'next-intl';
import type { ClockResidual } from '#domain/clocks/tables.ts';

interface PlotProps {
  residuals: ClockResidual[];
  spreadMs: number;
  /** The time of a photo for people, from what the camera said. */
  clock(takenAt: Date): string;
}

const WIDTH = 640;
const HEIGHT = 220;
/** Room for words that are twice as large on a phone. */
const EDGE = { left: 78, right: 8, top: 12, bottom: 30 };
/** The scale reaches so many deviations, and at least two seconds. */
const REACH = 5;
const LEAST_REACH_MS = 2000;
const MOST_LINES = 200;

/** How far each sure read is from its passage, through the day; the same in a table. */
export function ResidualPlot({ residuals, spreadMs, clock }: PlotProps) {
  const t = useTranslations('clocks.plot');
  const format = useFormatter();
  const seconds = (ms: number) =>
    format.number(ms / 1000, {
      maximumFractionDigits: 1,
      minimumFractionDigits: 1,
      signDisplay: 'exceptZero',
    });
  const reachMs = Math.max(REACH * spreadMs, LEAST_REACH_MS);
  const times = residuals.map(({ takenAt }) => Date.parse(takenAt));
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const x = (at: number) =>
    EDGE.left + ((at - first) / Math.max(last - first, 1)) * (WIDTH - EDGE.left - EDGE.right);
  const y = (ms: number) => {
    const share = Math.min(Math.max(ms / reachMs, -1), 1);
    return (EDGE.top + HEIGHT - EDGE.bottom) / 2 - (share * (HEIGHT - EDGE.top - EDGE.bottom)) / 2;
  };
  const used = residuals.filter((one) => one.used).length;
  return (
    <figure className="residuals">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={t('label', { used, count: residuals.length })}
      >
        <rect
          className="residuals-band"
          x={EDGE.left}
          width={WIDTH - EDGE.left - EDGE.right}
          y={y(spreadMs)}
          height={y(-spreadMs) - y(spreadMs)}
        />
        <line className="residuals-zero" x1={EDGE.left} x2={WIDTH - EDGE.right} y1={y(0)} y2={y(0)} />
        {[reachMs, 0, -reachMs].map((ms) => (
          <text key={ms} x={EDGE.left - 6} y={y(ms) + 5} textAnchor="end">
            {seconds(ms)} s
          </text>
        ))}
        <text x={EDGE.left} y={HEIGHT - 6}>
          {clock(new Date(first))}
        </text>
        <text x={WIDTH - EDGE.right} y={HEIGHT - 6} textAnchor="end">
          {clock(new Date(last))}
        </text>
        {residuals.map((one) => (
          <circle
            key={`${one.photoId}/${one.bib}`}
            className={one.used ? 'residuals-used' : 'residuals-unused'}
            cx={x(Date.parse(one.takenAt))}
            cy={y(one.residualMs)}
            r={4}
          />
        ))}
      </svg>
      <figcaption className="muted small">{t('caption', { used, count: residuals.length })}</figcaption>
      <details className="fold">
        <summary>{t('table')}</summary>
        <div className="table-box residuals-table">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t('time')}</th>
                <th scope="col">{t('bib')}</th>
                <th scope="col" className="n">
                  {t('residual')}
                </th>
                <th scope="col">{t('counts')}</th>
              </tr>
            </thead>
            <tbody>
              {residuals.slice(0, MOST_LINES).map((one) => (
                <tr key={`${one.photoId}/${one.bib}`}>
                  <td>{clock(new Date(one.takenAt))}</td>
                  <td>{one.bib}</td>
                  <td className="n">{seconds(one.residualMs)} s</td>
                  <td>{t(one.used ? 'yes' : 'no')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}
