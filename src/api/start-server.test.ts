import { createHash } from 'node:crypto';
import { type IncomingHttpHeaders, request as openRequest } from 'node:http';
import { connect } from 'node:net';
import { eq } from 'drizzle-orm';
import { afterEach, describe, expect, it } from 'vitest';
import { type Context, withActor } from '#context.ts';
import { createAdmin } from '#domain/accounts/first-admin.ts';
import { signIn } from '#domain/accounts/sign-in.ts';
import { users } from '#domain/accounts/tables.ts';
import { DomainError } from '#platform/errors.ts';
import { makeEvent } from '../../tests/factories.ts';
import { createTestContext, type TestContext } from '../../tests/harness.ts';
import type { PageHandler } from './http/answer-requests.ts';
import { type RunningServer, startServer } from './start-server.ts';

const seen: { address: string; headers: IncomingHttpHeaders }[] = [];
const DATA = 'self.__next_f.push([1,"0:{}"])';
const BROUGHT_IN = 'self.__next_f.push([1,""]);alert(document.cookie)';

/** Stands where Next stands: shows which address arrives, and answers a page in two pieces. */
const pages: PageHandler = async (request, response) => {
  seen.push({ address: request.url ?? '', headers: { ...request.headers } });
  if (request.url === '/fr/breaks') throw new Error('secret of the machine');
  if (request.url?.endsWith('/moves')) response.setHeader('location', `${request.url}?_rsc=1`);
  response.writeHead(request.url?.endsWith('/missing') ? 404 : 200, {
    'content-type': 'text/html; charset=utf-8',
  });
  response.write(`<script>${DATA}</script><script src="/x.js"></script>`);
  response.end(`<script>${BROUGHT_IN}</script>`);
};

let running: RunningServer | null = null;
afterEach(async () => {
  await running?.stop();
  running = null;
  seen.length = 0;
});

async function start(ctx: Context): Promise<string> {
  running = await startServer(ctx, { port: 0, openPages: async () => pages });
  return `http://127.0.0.1:${running.port}`;
}

async function startPlain(): Promise<{ url: string; ctx: TestContext }> {
  const ctx = await createTestContext();
  return { url: await start(ctx), ctx };
}

const sha256 = (code: string) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`;

describe('every answer', () => {
  it.each(['/', '/fr', '/api/health/live', '/api/none', '/media/none', '/fr/breaks', '/%ff'])(
    'carries the security headers: %s',
    async (path) => {
      const { url } = await startPlain();
      const answer = await fetch(`${url}${path}`, { redirect: 'manual' });
      const policy = answer.headers.get('content-security-policy') ?? '';
      for (const rule of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"]) {
        expect(policy).toContain(rule);
      }
      expect(policy).not.toMatch(/script-src[^;]*unsafe/);
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin');
      expect(answer.headers.get('permissions-policy')).toContain('geolocation=()');
      expect(answer.headers.get('x-powered-by')).toBeNull();
      expect(answer.headers.get('strict-transport-security')).toBeNull();
    },
  );

  it('asks for TLS for ever where the public address has it', async () => {
    const ctx = await createTestContext();
    const url = await start({ ...ctx, config: { ...ctx.config, publicUrl: 'https://photos.example' } });
    const answer = await fetch(`${url}/fr`);
    expect(answer.headers.get('strict-transport-security')).toContain('max-age=63072000');
  });

  it('lets the data of a page run, and no script that someone brought into it', async () => {
    const { url } = await startPlain();
    const answer = await fetch(`${url}/fr`);
    const policy = answer.headers.get('content-security-policy');
    expect(policy).toContain(sha256(DATA));
    expect(policy).not.toContain(sha256(BROUGHT_IN));
    expect(await answer.text()).toContain(BROUGHT_IN);
  });

  it('is one line in the log, without secrets, queries and addresses of people', async () => {
    const { url, ctx } = await startPlain();
    const secret = 'Zk3vQ1x9ab7LmN0pQrStUv';
    for (const path of [
      `/fr/orders/${secret}?mail=a@b.org`,
      `/api/downloads/${secret}/x`,
      '/fr/lea@example.org',
    ]) {
      await (await fetch(`${url}${path}`)).text();
    }
    await running?.stop();
    const lines = ctx.log.lines.filter((line) => line.message === 'request');
    expect(lines.map((line) => Reflect.get(line.fields, 'path'))).toEqual([
      '/fr/orders/*',
      '/api/downloads/*/x',
      '/fr/*',
    ]);
    expect(JSON.stringify(ctx.log.lines)).not.toMatch(/Zk3v|@|mail=/);
  });
});

describe('a form', () => {
  it('behind a proxy that names itself is known to Next as one of the public address, and no other is', async () => {
    const ctx = await createTestContext();
    const url = await start({ ...ctx, config: { ...ctx.config, publicUrl: 'https://photos.example' } });
    for (const origin of ['https://photos.example', 'https://evil.example']) {
      await fetch(`${url}/fr/form`, {
        method: 'POST',
        headers: { origin, 'x-forwarded-host': 'evil.example' },
      });
    }
    expect(seen.map(({ headers }) => headers['x-forwarded-host'])).toEqual(['photos.example', undefined]);
  });
});

describe('the first address', () => {
  it.each([
    ['en-GB,en;q=0.9', '', '/en'],
    ['de,fr;q=0.3,en;q=0.5', '', '/en'],
    ['de', '', '/fr'],
    ['', '', '/fr'],
    ['en', 'a=b; NEXT_LOCALE=fr', '/fr'],
  ])('leads to the language of %j with the cookie %j: %s', async (language, cookie, target) => {
    const { url } = await startPlain();
    const answer = await fetch(`${url}/`, {
      redirect: 'manual',
      headers: { 'accept-language': language, cookie },
    });
    expect([answer.status, answer.headers.get('location')]).toEqual([302, target]);
    expect(answer.headers.get('vary')).toContain('Accept-Language');
  });
});

describe('the admin pages', () => {
  async function startBackRoom(): Promise<{ url: string; ctx: TestContext }> {
    const ctx = await createTestContext();
    return { url: await start({ ...ctx, config: { ...ctx.config, adminPath: 'back-room' } }), ctx };
  }

  /** The `cookie` header of someone signed in. */
  async function signInAs(role: 'ADMIN' | 'RUNNER', ctx: Context): Promise<string> {
    const person = { name: 'Ada', email: `${ctx.random.id()}@example.org`, password: 'un mot de passe long' };
    const system = withActor(ctx, { kind: 'system', name: 'test' });
    const { userId } = await createAdmin(system, { ...person, locale: 'fr' });
    if (role === 'RUNNER') await ctx.db.update(users).set({ role }).where(eq(users.id, userId));
    const answer = await signIn(ctx, person, new Headers());
    if (answer.outcome !== 'signed-in') throw new Error(answer.outcome);
    return `${answer.cookie.name}=${encodeURIComponent(answer.cookie.value)}`;
  }

  it("are reached by operators under the operator's own word only", async () => {
    const { url, ctx } = await startBackRoom();
    const headers = { cookie: await signInAs('ADMIN', ctx) };
    expect((await fetch(`${url}/fr/back-room/jobs?state=dead`, { headers })).status).toBe(200);
    expect((await fetch(`${url}/en/back-room`, { headers })).status).toBe(200);
    expect(seen.map((one) => one.address)).toEqual(['/fr/admin/jobs?state=dead', '/en/admin']);
    expect((await fetch(`${url}/fr/back-roomy`, { headers })).status).toBe(200);
    expect(seen.at(-1)?.address).toBe('/fr/back-roomy');
  });

  it('stay unknown to everybody else, who is answered as for any word', async () => {
    const { url, ctx } = await startBackRoom();
    const cookie = await signInAs('RUNNER', ctx);
    await fetch(`${url}/fr/back-room`);
    await fetch(`${url}/fr/back-room/jobs`, { headers: { cookie, rsc: '1' } });
    expect(seen.map((one) => one.address)).toEqual(['/fr/back-room', '/fr/back-room/jobs']);
  });

  it('never name their folder in a redirection', async () => {
    const { url, ctx } = await startBackRoom();
    const headers = { cookie: await signInAs('ADMIN', ctx) };
    const answer = await fetch(`${url}/fr/back-room/moves`, { headers, redirect: 'manual' });
    expect(answer.headers.get('location')).toBe('/fr/back-room/moves?_rsc=1');
  });

  it.each([
    '/fr/admin',
    '/en/admin/jobs',
    '/fr/%61dmin',
    '/fr/Admin',
    '/fr/admin.rsc',
    '/fr/admin?x=1',
    '/fr/admin%20',
  ])('do not exist under %s', async (path) => {
    const { url } = await startPlain();
    expect((await fetch(`${url}${path}`)).status).toBe(404);
    expect(seen.map((one) => one.address)).toEqual([path.startsWith('/en') ? '/en/missing' : '/fr/missing']);
  });
});

describe('a request', () => {
  it('brings no header by which a framework talks to itself', async () => {
    const { url } = await startPlain();
    await fetch(`${url}/fr`, {
      headers: {
        'x-middleware-subrequest': 'middleware:middleware',
        'x-invoke-path': '/fr/admin',
        'x-matched-path': '/fr/admin',
        'x-original-url': '/fr/admin',
        'x-rewrite-url': '/fr/admin',
        'x-http-method-override': 'PUT',
        'x-forwarded-host': 'evil.test',
        'x-next-revalidated-tags': 'a',
        'accept-language': 'fr',
      },
    });
    expect(Object.keys(seen[0]?.headers ?? {}).filter((name) => name.startsWith('x-'))).toEqual([]);
    expect(seen[0]?.headers['accept-language']).toBe('fr');
  });

  it.each(['//fr/admin', '/fr//admin', '/fr/%2e%2e/x', '/fr%2fadmin', '/fr\\admin', '/fr/%00', '/%ff'])(
    'for the address %s is refused before any page sees it',
    async (path) => {
      const { url } = await startPlain();
      expect(await rawStatus(url, path)).toBe(400);
      expect(seen).toEqual([]);
    },
  );

  it('with another method or a huge form does not reach a page', async () => {
    const { url } = await startPlain();
    expect((await fetch(`${url}/fr`, { method: 'PUT' })).status).toBe(400);
    const huge = await fetch(`${url}/fr`, { method: 'POST', body: Buffer.alloc(9 * 1024 * 1024) });
    expect(huge.status).toBe(413);
    expect(seen).toEqual([]);
  });

  it('with a body over the limit is refused at a machine door', async () => {
    const { url } = await startPlain();
    const answer = await fetch(`${url}/api/uploads/announce`, {
      method: 'POST',
      body: 'x'.repeat(1_100_000),
    });
    expect(answer.status).toBe(413);
  });
});

describe('errors', () => {
  it.each([
    ['fr', 'Nous n’avons rien trouvé à cette adresse.'],
    ['en', 'We found nothing at this address.'],
  ])('are told in the language of the visitor: %s', async (language, message) => {
    const { url } = await startPlain();
    const answer = await fetch(`${url}/api/none`, { headers: { 'accept-language': language } });
    expect(answer.status).toBe(404);
    expect(await answer.json()).toEqual({ error: { code: 'not-found', message } });
  });

  it('that nobody expected say nothing of the machine and are logged once', async () => {
    const { url, ctx } = await startPlain();
    const answer = await fetch(`${url}/fr/breaks`);
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toMatch(/secret|Error|\.ts/);
    expect(ctx.log.lines.filter((line) => line.level === 'error')).toHaveLength(1);
  });
});

describe('health', () => {
  it('is ready while every part answers', async () => {
    const { url } = await startPlain();
    const answer = await fetch(`${url}/api/health/ready`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      ready: true,
      parts: { database: true, storage: true, queue: true },
    });
  });

  const down = async () => {
    throw new DomainError('unavailable', { public: { key: 'platform.storageUnavailable' } });
  };
  it.each([
    ['storage', (ctx: TestContext): Context => ({ ...ctx, storage: { ...ctx.storage, ping: down } })],
    ['database', (ctx: TestContext): Context => ({ ...ctx, database: { ...ctx.database, ping: down } })],
    ['queue', (ctx: TestContext): Context => ({ ...ctx, queue: { ...ctx.queue, ping: down } })],
    ['models', (ctx: TestContext): Context => ({ ...ctx, engine: brokenEngine })],
  ])('is not ready without %s, and stays alive', async (part, breakIt) => {
    const url = await start(breakIt(await createTestContext()));
    const answer = await fetch(`${url}/api/health/ready`);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ ready: false, parts: { [part]: false } });
    expect((await fetch(`${url}/api/health/live`)).status).toBe(200);
  });
});

const brokenEngine: NonNullable<Context['engine']> = {
  lanes: 1,
  ready: async () => false,
  analysePhoto: () => Promise.reject(new Error('no model')),
  editPhoto: () => Promise.reject(new Error('no model')),
  makeWebCopy: () => Promise.reject(new Error('no model')),
  describeSelfie: () => Promise.reject(new Error('no model')),
  close: async () => {},
};

/** As written: fetch would clean the address first. */
function rawStatus(url: string, path: string): Promise<number> {
  const { port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1', () => {
      socket.write(`GET ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`);
    });
    socket.once('data', (data) => resolve(Number(data.toString().split(' ')[1])));
    socket.once('error', reject);
  });
}

describe('a stop', () => {
  it('ends open streams at once', async () => {
    const { url, ctx } = await startPlain();
    const event = await makeEvent(ctx);
    const stream = await fetch(`${url}/api/streams/galleries/${event.id}`);
    expect(stream.headers.get('content-type')).toContain('text/event-stream');
    expect(stream.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    const begun = performance.now();
    await running?.stop();
    running = null;
    expect(await stream.text()).toContain(': open');
    expect(performance.now() - begun).toBeLessThan(3000);
    expect(ctx.live.listenerCount()).toBe(0);
  });

  it('does not wait for a client that is slow with its request', async () => {
    const { url } = await startPlain();
    const slow = openRequest(`${url}/api/uploads/announce`, {
      method: 'POST',
      headers: { 'content-length': 100 },
    });
    slow.on('error', () => {});
    slow.write('{');
    await fetch(`${url}/api/health/live`);
    const begun = performance.now();
    await running?.stop();
    running = null;
    expect(performance.now() - begun).toBeLessThan(5000);
  });
});
