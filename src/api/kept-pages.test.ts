import { afterEach, expect, test } from 'vitest';
import { withActor } from '#context.ts';
import { createAdmin } from '#domain/accounts/first-admin.ts';
import { signIn } from '#domain/accounts/sign-in.ts';
import { until } from '../../tests/doubles/until.ts';
import { createTestContext, type TestContext } from '../../tests/harness.ts';
import type { PageHandler } from './http/answer-requests.ts';
import { type RunningServer, startServer } from './start-server.ts';

const made: string[] = [];
/** Says of every page that it is the same for everybody. */
const pages: PageHandler = async (request, response) => {
  made.push(request.url ?? '');
  response.writeHead(200, { 'content-type': 'text/html', 'cache-control': 's-maxage=30', etag: '"v1"' });
  response.end('<p>page</p>');
};

let running: RunningServer | null = null;
afterEach(async () => {
  await running?.stop();
  running = null;
  made.length = 0;
});

async function start(): Promise<{ url: string; ctx: TestContext }> {
  const ctx = await createTestContext();
  const config = { ...ctx.config, adminPath: 'back-room' };
  running = await startServer({ ...ctx, config }, { port: 0, openPages: async () => pages });
  return { url: `http://127.0.0.1:${running.port}`, ctx };
}

test('a page answered again is the same with all its headers, and each answer has its line in the log', async () => {
  const { url, ctx } = await start();
  // On a slow machine the life of a page may end between two requests: then both are asked for again.
  const [first, again] = await until(async () => {
    const before = made.length;
    const both = [await fetch(`${url}/fr/events`), await fetch(`${url}/fr/events`)] as const;
    return made.length - before < both.length ? both : null;
  });
  const withoutDate = ({ headers }: Response) => [...headers].filter(([name]) => name !== 'date');
  expect(withoutDate(again)).toEqual(withoutDate(first));
  for (const name of ['content-security-policy', 'x-content-type-options', 'x-frame-options', 'etag']) {
    expect([name, again.headers.get(name)]).not.toEqual([name, null]);
  }
  expect(await again.text()).toBe(await first.text());
  await running?.stop();
  const lines = ctx.log.lines.filter(({ message }) => message === 'request');
  expect(lines.length).toBeGreaterThan(made.length);
  expect(new Set(lines.map(({ fields }) => Reflect.get(fields, 'path')))).toEqual(new Set(['/fr/events']));
});

test('a page for operators is never kept, neither under their word nor under the name of its folder', async () => {
  const { url, ctx } = await start();
  const person = { name: 'Ada', email: 'ada@example.org', password: 'un mot de passe long' };
  await createAdmin(withActor(ctx, { kind: 'system', name: 'test' }), { ...person, locale: 'fr' });
  const signed = await signIn(ctx, person, new Headers());
  if (signed.outcome !== 'signed-in') throw new Error(signed.outcome);
  const cookie = `${signed.cookie.name}=${encodeURIComponent(signed.cookie.value)}`;
  await fetch(`${url}/fr/back-room`, { headers: { cookie } });
  await fetch(`${url}/fr/back-room`);
  await fetch(`${url}/fr/admin`);
  // Visitors are sent on by the address they named, and the folder's name is no page for them.
  expect(made).toEqual(['/fr/admin', '/fr/back-room', '/fr/missing']);
});
