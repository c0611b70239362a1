import { setTimeout as sleep } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';

export interface MailBox {
  /** For SMTP_URL. */
  url: string;
  /** Waits for a mail to the address whose text matches, and gives its text. */
  read(to: string, pattern: RegExp): Promise<string>;
  /** How many mails the address was given. */
  count(to: string): number;
  close(): Promise<void>;
}

const WAIT_MS = 60_000;

/** An SMTP server that keeps what it is given, quoted-printable decoded; it says 451 to the first `refusals`. */
export async function openMailBox({ refusals = 0 } = {}): Promise<MailBox> {
  let left = refusals;
  const mails: { to: string[]; text: string }[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onMailFrom(_address, _session, done) {
      if (left <= 0) return done();
      left -= 1;
      done(Object.assign(new Error('try again later'), { responseCode: 451 }));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map((recipient) => recipient.address);
        mails.push({ to, text: decodeQuotedPrintable(Buffer.concat(chunks).toString('latin1')) });
        done();
      });
    },
  });
  const port = await new Promise<number>((resolve) => {
    const listening = server.listen(0, '127.0.0.1', () => {
      const address = listening.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
  return {
    url: `smtp://127.0.0.1:${port}`,
    async read(to, pattern) {
      for (const limit = Date.now() + WAIT_MS; Date.now() < limit; await sleep(100)) {
        const mail = mails.find((other) => other.to.includes(to) && pattern.test(other.text));
        if (mail) return mail.text;
      }
      throw new Error(`no mail to ${to} matched ${pattern} in ${WAIT_MS} ms; ${mails.length} arrived`);
    },
    count: (to) => mails.filter((mail) => mail.to.includes(to)).length,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function decodeQuotedPrintable(raw: string): string {
  const bytes = raw
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
