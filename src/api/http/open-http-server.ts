import { createServer, type Server } from 'node:http';
import { closeStreams } from '../streams/sse.ts';

const STOP_GRACE_MS = 3500;

/** Slow clients are cut: 15 s for the head, five minutes for a body (uploads go on where they were). */
export function openHttpServer(): Server {
  return createServer({
    headersTimeout: 15_000,
    requestTimeout: 300_000,
    // Longer than the usual 60 s of a proxy before us, so that it never writes to a connection just closed.
    keepAliveTimeout: 65_000,
    connectionsCheckingInterval: 5000,
    maxHeaderSize: 16 * 1024,
  });
}

export function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

/** Takes no new connection, ends streams at once, lets answers end for a moment, then cuts what is left. */
export async function closeHttpServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  closeStreams();
  server.closeIdleConnections();
  const sweep = setInterval(() => server.closeIdleConnections(), 100);
  const cut = setTimeout(() => server.closeAllConnections(), STOP_GRACE_MS);
  await closed;
  clearInterval(sweep);
  clearTimeout(cut);
}
