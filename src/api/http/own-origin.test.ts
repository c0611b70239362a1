import { expect, it } from 'vitest';
import { createTestContext } from '../../../tests/harness.ts';
import { openApi } from '../app.ts';

async function openDoors() {
  const ctx = await createTestContext();
  return openApi({ ...ctx, config: { ...ctx.config, publicUrl: 'https://photos.example' } });
}

it.each([
  ['https://evil.example', 403],
  ['null', 403],
  ['https://photos.example.evil.example', 403],
  ['https://photos.example', 404],
  ['http://10.0.0.7:3000', 404],
])('a change asked for by the page of %s is answered %i at a machine door', async (origin, status) => {
  const api = await openDoors();
  const headers = { origin, host: '10.0.0.7:3000' };
  for (const method of ['POST', 'PATCH', 'DELETE']) {
    expect([method, (await api.request('/api/none', { method, headers })).status]).toEqual([method, status]);
  }
  expect((await api.request('/api/none', { headers })).status).toBe(404);
});

it('a program that names no origin is let in', async () => {
  const api = await openDoors();
  expect((await api.request('/api/none', { method: 'POST' })).status).toBe(404);
});
