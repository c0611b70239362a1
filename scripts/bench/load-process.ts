// Asks one server on this machine as fast as it answers, on a few kept connections. Plain sockets: an HTTP client would
// cost more than the servers it measures.
import { connect } from 'node:net';

export interface LoadQuestion {
  port: number;
  /** Asked in turns. */
  paths: string[];
  connections: number;
  ms: number;
}

process.on('message', async ({ port, paths, connections, ms }: LoadQuestion) => {
  const start = performance.now();
  const end = start + ms;
  const told = { requests: 0, refused: 0, bytes: 0 };
  let turn = 0;
  const nextPath = () => paths[turn++ % paths.length] ?? '/';
  await Promise.all(Array.from({ length: connections }, () => ask(port, nextPath, end, told)));
  process.send?.({ ...told, seconds: (performance.now() - start) / 1000 });
});

function ask(
  port: number,
  nextPath: () => string,
  end: number,
  told: { requests: number; refused: number; bytes: number },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let head = '';
    let missing = -1;
    const send = () => {
      head = '';
      missing = -1;
      socket.write(`GET ${nextPath()} HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`);
    };
    socket.once('connect', send);
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('the server closed a kept connection')));
    socket.on('data', (chunk) => {
      told.bytes += chunk.length;
      if (missing < 0) {
        head += chunk.toString('latin1');
        const headLength = head.indexOf('\r\n\r\n') + 4;
        if (headLength < 4) return;
        const length = /\r\ncontent-length: (\d+)/i.exec(head.slice(0, headLength))?.[1];
        if (length === undefined) return void socket.destroy(new Error('an answer without a length'));
        if (!head.startsWith('HTTP/1.1 200')) told.refused += 1;
        missing = headLength + Number(length) - head.length;
      } else missing -= chunk.length;
      if (missing > 0) return;
      told.requests += 1;
      if (performance.now() < end) return send();
      socket.removeAllListeners('close');
      socket.destroy();
      resolve();
    });
  });
}
