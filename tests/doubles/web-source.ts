import { createServer, type RequestListener } from 'node:http';
import { onTestFinished } from 'vitest';

/** A web server of this machine until the test ends; its `host:port`. */
export async function openWebSource(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return `127.0.0.1:${address.port}`;
}
