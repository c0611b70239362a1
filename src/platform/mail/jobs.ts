import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { Database } from '../db/database.ts';
import type { JobDefinition } from '../queue/queue.ts';
import type { Mail, MailTransport } from './mail.ts';
import { SEND_MAIL } from './open-mail.ts';

/** The part of the context that sending needs. */
interface MailContext {
  db: Database;
  clock: Clock;
  config: Pick<Config, 'smtpUrl' | 'resendApiKey' | 'emailFrom'>;
}

export function chooseMailTransport(config: Pick<Config, 'smtpUrl' | 'resendApiKey'>): Mail['transport'] {
  if (config.smtpUrl) return 'smtp';
  return config.resendApiKey ? 'resend' : 'kept';
}

const transports = new WeakMap<object, Promise<MailTransport>>();

/** Eleven attempts over about three hours: 10 s, 20 s, 40 s … */
export const sendMailJob: JobDefinition<{ mailId: string }, MailContext> = {
  name: SEND_MAIL,
  parse: (data) => z.object({ mailId: z.uuid() }).parse(data),
  maxAttempts: 11,
  backoffSeconds: 10,
  timeLimitSeconds: 60,
  async run(ctx, data) {
    const { sendMail } = await import('./send-mail.ts');
    const known = transports.get(ctx.config) ?? openTransport(ctx.config);
    transports.set(ctx.config, known);
    const transport = await known;
    await sendMail({ db: ctx.db, clock: ctx.clock, transport, from: ctx.config.emailFrom }, data);
  },
  async onDead(ctx, data) {
    const { giveUpMail } = await import('./send-mail.ts');
    await giveUpMail(ctx.db, data);
  },
};

async function openTransport(config: MailContext['config']): Promise<MailTransport> {
  if (config.smtpUrl) return (await import('./smtp-transport.ts')).openSmtpTransport(config.smtpUrl);
  if (config.resendApiKey) {
    return (await import('./resend-transport.ts')).openResendTransport({ apiKey: config.resendApiKey });
  }
  throw new Error('no mail transport is configured any more');
}
