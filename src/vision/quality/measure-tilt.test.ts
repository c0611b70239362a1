import sharp from 'sharp';
import { expect, test } from 'vitest';
import { toGrey } from './grey.ts';
import { measureTilt } from './measure-tilt.ts';

const [widthPx, heightPx] = [800, 533];

/** Shapes drawn upright, then the camera is turned against the clock: the picture turns clockwise. */
function tiltOf(shapes: string, degrees: number): Promise<number | null> {
  const turned = `<g transform="rotate(${degrees} ${widthPx / 2} ${heightPx / 2})">${shapes}</g>`;
  return draw(turned);
}

async function draw(shapes: string): Promise<number | null> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}"><rect width="100%" height="100%" fill="#9fb8cc"/>${shapes}</svg>`;
  const data = await sharp(Buffer.from(svg)).flatten().raw().toBuffer();
  return measureTilt(await toGrey({ data, widthPx, heightPx }));
}

const sea = '<rect x="-200" y="220" width="1300" height="700" fill="#3c5f74"/>';
const posts = [90, 240, 390, 560, 700]
  .map((x) => `<rect x="${x}" y="80" width="14" height="330" fill="#4a4038"/>`)
  .join('');
const tilts = [-6, -3.2, -1, 0, 0.6, 2.5, 4.8];

test('a sea or a row of posts tells the tilt within a third of a degree', async () => {
  for (const shapes of [sea, posts]) {
    for (const degrees of tilts) expect(await tiltOf(shapes, degrees)).toBeCloseTo(degrees, 0.5);
  }
});

test('posts that lean outwards under a camera that looks up are no tilt', async () => {
  const leaning = [-300, -180, -60, 60, 180, 300]
    .map((x) => `<path d="M${400 + x} 450L${400 + x * 0.9} 80h12L${412 + x} 450z" fill="#4a4038"/>`)
    .join('');
  expect(await draw(leaning)).toBeCloseTo(0, 0.5);
});

test('a picture without straight edges, or with edges that disagree, tells nothing', async () => {
  const blobs =
    '<circle cx="200" cy="200" r="120" fill="#222"/><circle cx="560" cy="300" r="150" fill="#eee"/>';
  const fan = [-9, -5, -1, 3, 7]
    .map(
      (degrees) =>
        `<rect x="-100" y="${260 + degrees * 22}" width="1000" height="9" fill="#333" transform="rotate(${degrees} 400 260)"/>`,
    )
    .join('');
  expect([await draw(''), await draw(blobs), await draw(fan)]).toEqual([null, null, null]);
});
