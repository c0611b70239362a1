import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createTestContext } from '../../../tests/harness.ts';
import { startServer } from '../start-server.ts';

it('Apple’s file is served once the operator put it there, and nothing else of that folder', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'apple-pay-'));
  const memory = await createTestContext();
  const ctx = { ...memory, config: { ...memory.config, dataDir } };
  const running = await startServer(ctx, {
    port: 0,
    openPages: async () => async (_, response) => void response.writeHead(404).end(),
  });
  try {
    const ask = (name: string) => fetch(`http://127.0.0.1:${running.port}/.well-known/${name}`);
    const name = 'apple-developer-merchantid-domain-association';
    expect((await ask(name)).status).toBe(404);
    await writeFile(join(dataDir, name), '7B227073');
    await writeFile(join(dataDir, 'secret'), 'canary');
    const answer = await ask(name);
    expect([answer.status, await answer.text()]).toEqual([200, '7B227073']);
    expect(answer.headers.get('content-type')).toContain('text/plain');
    for (const other of ['secret', `${name}/../secret`, `${name}%2f..%2fsecret`, '..%2fsecret']) {
      expect(await (await ask(other)).text()).not.toContain('canary');
    }
  } finally {
    await running.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
});
