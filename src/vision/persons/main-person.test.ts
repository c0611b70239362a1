import { expect, test } from 'vitest';
import type { BoxNorm } from '../findings.ts';
import { mainPerson, wearerOf } from './main-person.ts';

const left = person(0.05, 0.2, 0.3, 0.8);
const right = person(0.6, 0.3, 0.2, 0.6);
const bibOn = (body: { box: BoxNorm }) => ({
  x: body.box.x + body.box.w * 0.35,
  y: body.box.y + body.box.h * 0.35,
  w: body.box.w * 0.3,
  h: body.box.h * 0.06,
});

test('a photo is about who wears the largest sure bib', () => {
  const bibs = [
    { box: { ...bibOn(left), h: 0.01 }, kind: 'sure' as const },
    { box: bibOn(right), kind: 'sure' as const },
  ];
  expect(mainPerson([left, right], bibs)).toEqual(right.box);
});

test('a guess does not decide whom a photo is about', () => {
  expect(mainPerson([left, right], [{ box: bibOn(right), kind: 'guess' }])).toEqual(left.box);
});

test('without a bib a photo is about the largest person, at the sides less so', () => {
  expect(mainPerson([left, right], [])).toEqual(left.box);
  const middle = person(0.4, 0.1, 0.22, 0.8);
  expect(mainPerson([person(0.74, 0.1, 0.26, 0.8), middle], [])).toEqual(middle.box);
});

test('a doubtful body is the main one only when there is no other', () => {
  const doubtful = { ...person(0.1, 0, 0.8, 1), confidence: 0.55 };
  expect(mainPerson([doubtful, right], [])).toEqual(right.box);
  expect(mainPerson([doubtful], [])).toEqual(doubtful.box);
});

test('nobody is the main person of an empty photo, nor of a bib that nobody wears', () => {
  expect(mainPerson([], [])).toBeNull();
  expect(mainPerson([left], [{ box: { x: 0.8, y: 0.1, w: 0.1, h: 0.1 }, kind: 'sure' }])).toBeNull();
});

test('a box that is filled by a bib is not the body that wears it', () => {
  const bib = { x: 0.4, y: 0.5, w: 0.16, h: 0.06 };
  const whole = person(0.25, 0.1, 0.45, 0.85);
  const sheet = person(0.39, 0.42, 0.2, 0.2);
  expect(wearerOf(bib, [sheet, whole])).toBe(whole);
  expect(wearerOf(bib, [sheet])).toBeNull();
});

test('a bib on the belt of a runner who is cut at the hips is his', () => {
  const bib = { x: 0.45, y: 0.86, w: 0.1, h: 0.05 };
  expect(mainPerson([person(0.2, 0.05, 0.6, 0.95)], [{ box: bib, kind: 'sure' }])).not.toBeNull();
});

test('where bodies overlap, the bib is on the one whose middle it is nearer to', () => {
  const behind = person(0.25, 0.1, 0.3, 0.8);
  const front = person(0.4, 0.15, 0.3, 0.8);
  expect(wearerOf(bibOn(front), [behind, front])).toBe(front);
  expect(wearerOf(bibOn(behind), [behind, front])).toBe(behind);
});

function person(x: number, y: number, w: number, h: number) {
  return { box: { x, y, w, h }, confidence: 0.8 };
}
