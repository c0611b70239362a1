import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterEach, describe, expect, it } from 'vitest';
import type { MailTransport } from './mail.ts';
import { MailRefused } from './mail-refused.ts';
import { openResendTransport } from './resend-transport.ts';
import { openSmtpTransport } from './smtp-transport.ts';

interface Received {
  to: string[];
  raw: string;
}

interface Counterpart {
  transport: MailTransport;
  received: Received[];
  close(): Promise<void>;
}

type Behaviour = 'takes' | 'refuses' | 'is busy' | 'is silent';

const message = {
  id: '8d0e6f1e-5d3b-4b57-9d1c-0d9f5a3c2b11',
  from: 'Focus Racer <no-reply@example.com>',
  to: 'lea.durand@example.org',
  subject: 'Vos photos sont prêtes',
  text: 'Bonjour Léa',
  html: '<p>Bonjour Léa</p>',
  uniqueKey: 'order-ready:1',
  kind: 'order-ready',
  locale: 'fr' as const,
};

let open: Counterpart | undefined;
afterEach(async () => {
  await open?.close();
  open = undefined;
});

async function openSmtp(behaviour: Behaviour): Promise<Counterpart> {
  const received: Received[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    closeTimeout: 50,
    onRcptTo(_address, _session, answer) {
      if (behaviour === 'is silent') return;
      if (behaviour === 'takes') return answer();
      const status = behaviour === 'refuses' ? 550 : 451;
      answer(Object.assign(new Error('<lea.durand@example.org> no'), { responseCode: status }));
    },
    async onData(stream, session, answer) {
      const chunks: Buffer[] = [];
      for await (const chunk of stream) chunks.push(chunk);
      received.push({
        to: session.envelope.rcptTo.map((one) => one.address),
        raw: Buffer.concat(chunks).toString(),
      });
      answer();
    },
  });
  server.on('error', () => {});
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.server.address() as AddressInfo;
  return {
    transport: openSmtpTransport(`smtp://127.0.0.1:${port}`, 400),
    received,
    close: () => new Promise((done) => server.close(done)),
  };
}

async function openResend(behaviour: Behaviour): Promise<Counterpart> {
  const received: Received[] = [];
  const server: Server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    if (behaviour === 'is silent') return;
    const status = { takes: 200, refuses: 422, 'is busy': 429 }[behaviour];
    if (status === 200) {
      received.push({ to: JSON.parse(body).to, raw: `${JSON.stringify(request.headers)}\n${body}` });
    }
    response.writeHead(status, { 'content-type': 'application/json' }).end('{"id":"1"}');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    transport: openResendTransport({
      apiKey: 're_test',
      baseUrl: `http://127.0.0.1:${port}`,
      timeoutMs: 400,
    }),
    received,
    close: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

describe.each([
  ['SMTP', openSmtp],
  ['Resend', openResend],
])('mail by %s', (_, openWith) => {
  it('goes to the one recipient, with the id that makes a repetition harmless', async () => {
    open = await openWith('takes');
    await open.transport.send(message);
    expect(open.received.map((one) => one.to)).toEqual([['lea.durand@example.org']]);
    expect(open.received[0]?.raw).toContain(message.id);
    expect(open.received[0]?.raw).toContain('auto-generated');
  });

  it('is refused for good when the receiver does not want it, without its address in the reason', async () => {
    open = await openWith('refuses');
    const error = await open.transport.send(message).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(MailRefused);
    expect(String(error)).not.toContain('lea');
  });

  it.each(['is busy', 'is silent'] as const)('can be tried again when the receiver %s', async (behaviour) => {
    open = await openWith(behaviour);
    const error = await open.transport.send(message).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(MailRefused);
    expect(open.received).toEqual([]);
  });

  it('can be tried again when nothing listens', async () => {
    open = await openWith('takes');
    await open.close();
    const error = await open.transport.send(message).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(MailRefused);
  });
});
