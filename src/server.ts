import { openPages } from './api/open-pages.ts';
import { startServer } from './api/start-server.ts';
import type { Context } from './context.ts';
import { createContext } from './create-context.ts';
import { offerFirstAdminLink } from './domain/accounts/first-admin.ts';
import { ConfigError } from './platform/config.ts';

/** With the server's own moment for streams and answers, a stop takes less than five seconds. */
const JOBS_GRACE_MS = 1000;

try {
  await run();
} catch (error) {
  const shown = error instanceof ConfigError ? error.message : error instanceof Error ? error.stack : error;
  process.stderr.write(`The server did not start: ${shown}\n`);
  process.exit(1);
}

async function run(): Promise<void> {
  const opened = await createContext({ role: 'web' });
  const { ctx } = opened;
  const { port, nodeEnv } = ctx.config;
  const running = await startServer(ctx, {
    port,
    openPages: (server) => openPages(server, { development: nodeEnv === 'development', port, log: ctx.log }),
  });
  ctx.log.info(
    { port: running.port, payments: ctx.payments.name, mail: ctx.mail.transport },
    'the server is open',
  );
  if (ctx.mail.transport !== 'kept' && ctx.config.publicUrl.startsWith('http://localhost')) {
    ctx.log.warn({ publicUrl: ctx.config.publicUrl }, 'links in mails lead to this machine: set PUBLIC_URL');
  }
  await greet(ctx);

  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    ctx.log.info({ signal }, 'the server stops');
    await running.stop();
    await opened.stop(JOBS_GRACE_MS);
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop('SIGTERM'));
  process.on('SIGINT', () => void stop('SIGINT'));
}

/** For the person at the terminal, not for the log: the link makes its reader an admin. */
async function greet(ctx: Context): Promise<void> {
  const { publicUrl, adminPath } = ctx.config;
  process.stdout.write(`Focus Racer: ${publicUrl}\nAdmin pages: ${publicUrl}/en/${adminPath}\n`);
  const link = await offerFirstAdminLink(ctx);
  if (link) process.stdout.write(`There is no admin yet. Make the first one here, once: ${link}\n`);
}
