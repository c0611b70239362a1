import { expect, test } from 'vitest';
import type { Pixels } from '../pixels/decode-photo.ts';
import { isLitClock } from './lit-clock.ts';
import { measurePlate } from './measure-plate.ts';

type Colour = [number, number, number];
const box = { cx: 100, cy: 50, w: 120, h: 30, angle: 0 };

/** Strokes of ink on a plate, the plate on a shirt. */
function draw({ ink, plate, shirt }: { ink: Colour; plate: Colour; shirt: Colour }): Pixels {
  const data = Buffer.alloc(200 * 100 * 3);
  for (let y = 0; y < 100; y++) {
    for (let x = 0; x < 200; x++) {
      const onPlate = Math.abs(x - 100) < 75 && Math.abs(y - 50) < 25;
      const onStroke = Math.abs(x - 100) < 55 && Math.abs(y - 50) < 12 && x % 20 < 9;
      const colour = onStroke ? ink : onPlate ? plate : shirt;
      colour.forEach((value, channel) => {
        data[(y * 200 + x) * 3 + channel] = value;
      });
    }
  }
  return { data, widthPx: 200, heightPx: 100 };
}

test('black digits on white are told from white digits on black, whatever the shirt', () => {
  for (const shirt of [
    [20, 20, 60],
    [240, 240, 240],
  ] satisfies Colour[]) {
    const printed = measurePlate(draw({ ink: [10, 10, 10], plate: [250, 250, 250], shirt }), box);
    expect(printed.background[0]).toBeGreaterThan(90);
    expect(printed.ink[0]).toBeLessThan(15);
    const inverse = measurePlate(draw({ ink: [250, 250, 250], plate: [10, 10, 10], shirt }), box);
    expect(inverse.background[0]).toBeLessThan(15);
    expect(inverse.ink[0]).toBeGreaterThan(90);
  }
});

test('colours come as L*a*b*: red ink has a high a', () => {
  const { ink } = measurePlate(draw({ ink: [200, 20, 20], plate: [250, 250, 250], shirt: [0, 0, 0] }), box);
  expect(ink[1]).toBeGreaterThan(50);
});

test('coloured digits that shine on black and tell a time are a clock; printed ones are not', () => {
  const lit = measurePlate(draw({ ink: [240, 220, 60], plate: [25, 25, 25], shirt: [200, 200, 200] }), box);
  const printed = measurePlate(draw({ ink: [25, 25, 25], plate: [240, 220, 60], shirt: [0, 0, 0] }), box);
  const white = measurePlate(draw({ ink: [250, 250, 250], plate: [25, 25, 25], shirt: [0, 0, 0] }), box);
  expect(isLitClock('13304', lit)).toBe(true);
  expect(isLitClock('13374', lit)).toBe(false);
  expect(isLitClock('1330', lit)).toBe(false);
  expect(isLitClock('13304', printed)).toBe(false);
  expect(isLitClock('13304', white)).toBe(false);
});
