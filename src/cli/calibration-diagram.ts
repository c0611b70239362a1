import type { Calibration } from './calibration.ts';
import { escapeHtml } from './html-page.ts';

const side = 400;
const margin = 40;
const most = 14;

/** Reliability diagram: a dot per bin, as large as it has claims; on the diagonal a confidence is a probability. */
export function calibrationDiagram(
  { bins, expectedCalibrationError, claims }: Calibration,
  title: string,
): string {
  const at = (share: number) => (margin + share * side).toFixed(1);
  const up = (share: number) => (margin + (1 - share) * side).toFixed(1);
  const largest = Math.max(1, ...bins.map(({ count }) => count));
  const dots = bins
    .filter(({ count }) => count > 0)
    .map(({ count, meanConfidence, shareRight }) => {
      const radius = Math.max(3, most * Math.sqrt(count / largest)).toFixed(1);
      return (
        `<circle cx="${at(meanConfidence)}" cy="${up(shareRight)}" r="${radius}" fill="#1c1917" fill-opacity=".75"/>` +
        `<text x="${at(meanConfidence)}" y="${(Number(up(shareRight)) - Number(radius) - 4).toFixed(1)}" text-anchor="middle">${count}</text>`
      );
    });
  const ticks = [0, 0.25, 0.5, 0.75, 1].map(
    (share) =>
      `<text x="${at(share)}" y="${margin + side + 18}" text-anchor="middle">${share}</text>` +
      `<text x="${margin - 6}" y="${up(share)}" text-anchor="end">${share}</text>`,
  );
  const size = side + 2 * margin;
  const caption = `${escapeHtml(title)}: ECE ${expectedCalibrationError.toFixed(3)}, n = ${claims}`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" font-family="system-ui,sans-serif" font-size="11">` +
    `<title>${caption}</title>` +
    `<rect width="${size}" height="${size}" fill="#fff"/><rect x="${margin}" y="${margin}" width="${side}" height="${side}" fill="none" stroke="#a8a29e"/>` +
    `<path d="M${at(0)} ${up(0)}L${at(1)} ${up(1)}" stroke="#a8a29e" stroke-dasharray="4"/>${ticks.join('')}${dots.join('')}` +
    `<text x="${margin}" y="24" font-size="14">${caption}</text></svg>\n`
  );
}
