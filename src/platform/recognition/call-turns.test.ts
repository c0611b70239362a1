import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { createTestContext } from '../../../tests/harness.ts';
import { openCallTurns } from './call-turns.ts';

const AWAY_MS = 60_000;

test('calls of one operation stand in one row, each a step after the last, whoever asks', async () => {
  const { db } = await createTestContext();
  const operation = randomUUID();
  const processes = [openCallTurns(db, 0.1), openCallTurns(db, 0.1)];
  const waits: number[] = [];
  for (const turns of [...processes, ...processes]) {
    waits.push((await turns.take(operation, AWAY_MS)) ?? Number.NaN);
  }
  // A step is ten seconds here; the statements themselves take a little of it.
  const steps = waits.map((waitMs) => Math.ceil(waitMs / 10_000));
  expect(steps).toEqual([0, 1, 2, 3]);
});

test('operations do not wait for each other', async () => {
  const { db } = await createTestContext();
  const turns = openCallTurns(db, 0.1);
  expect(await turns.take(randomUUID(), AWAY_MS)).toBe(0);
  expect(await turns.take(randomUUID(), AWAY_MS)).toBe(0);
});

test('a line longer than the caller would stand in takes no turn', async () => {
  const { db } = await createTestContext();
  const operation = randomUUID();
  const turns = openCallTurns(db, 0.1);
  await turns.take(operation, AWAY_MS);
  expect(await turns.take(operation, 5000)).toBeNull();
  const waitMs = (await turns.take(operation, AWAY_MS)) ?? 0;
  expect(waitMs).toBeLessThanOrEqual(10_000);
});

test('a pause holds everybody back, and never lets anybody leave earlier', async () => {
  const { db } = await createTestContext();
  const operation = randomUUID();
  const turns = openCallTurns(db, 1000);
  await turns.pause(operation, 50_000);
  await turns.pause(operation, 1);
  const waitMs = (await turns.take(operation, AWAY_MS)) ?? 0;
  expect(Math.round(waitMs / 10_000)).toBe(5);
});
