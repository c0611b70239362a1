import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** One line that is not shown while it is typed; from a pipe, its first line. */
export async function readSecretLine(question: string): Promise<string> {
  const shown = process.stdin.isTTY;
  if (shown) process.stderr.write(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: shown });
  try {
    for await (const line of lines) return line;
    return '';
  } finally {
    lines.close();
    if (shown) process.stderr.write('\n');
  }
}
