import { expect, test } from 'vitest';
import { smallestBoxAround, tiltDegreesOf, unclip, uprightBox } from './rotated-box.ts';

function corners(w: number, h: number, degrees: number) {
  const angle = (degrees * Math.PI) / 180;
  return [
    [-w, -h],
    [w, -h],
    [w, h],
    [-w, h],
  ].map(([x = 0, y = 0]) => ({
    x: 500 + (x * Math.cos(angle) - y * Math.sin(angle)) / 2,
    y: 400 + (x * Math.sin(angle) + y * Math.cos(angle)) / 2,
  }));
}

test.each([0, 7, -20, 30, -40])(
  'a line of text turned by %d degrees is found with its size and tilt',
  (degrees) => {
    const box = smallestBoxAround(corners(120, 40, degrees));
    expect(box).toMatchObject({
      cx: expect.closeTo(500, 6),
      cy: expect.closeTo(400, 6),
      w: expect.closeTo(120, 6),
      h: expect.closeTo(40, 6),
    });
    expect(box && tiltDegreesOf(box)).toBeCloseTo(degrees, 6);
  },
);

test('a single tall digit stays upright, a truly vertical line does not', () => {
  const digit = smallestBoxAround(corners(20, 36, 0));
  const vertical = smallestBoxAround(corners(20, 120, 0));
  expect(digit && Math.abs(tiltDegreesOf(digit))).toBeCloseTo(0, 6);
  expect(vertical && Math.abs(tiltDegreesOf(vertical))).toBeCloseTo(90, 6);
});

test('no points give no box', () => {
  expect(smallestBoxAround([])).toBeNull();
});

test('growing keeps centre and angle', () => {
  const grown = unclip({ cx: 5, cy: 6, w: 100, h: 50, angle: 0.2 }, 1.5);
  expect(grown).toEqual({ cx: 5, cy: 6, w: 150, h: 100, angle: 0.2 });
});

test('the upright box is normalised and never leaves the picture', () => {
  expect(uprightBox({ cx: 100, cy: 50, w: 40, h: 20, angle: 0 }, 200, 100)).toEqual({
    x: 0.4,
    y: 0.4,
    w: expect.closeTo(0.2, 9),
    h: expect.closeTo(0.2, 9),
  });
  const cut = uprightBox({ cx: 0, cy: 0, w: 40, h: 20, angle: 0.5 }, 200, 100);
  expect([cut.x, cut.y]).toEqual([0, 0]);
});
