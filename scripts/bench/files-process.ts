// The floor of everything served: a bare server of Node that sends the files of one folder; with `kept` as second word it
// reads each of them once and answers from memory.
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';

const [folder = '.', mode] = process.argv.slice(2);
const kept = new Map<string, Buffer>();
const server = createServer(async (request, response) => {
  const path = join(folder, new URL(request.url ?? '/', 'http://localhost').pathname);
  try {
    if (mode === 'kept') {
      const body = kept.get(path) ?? (await readFile(path));
      kept.set(path, body);
      response.writeHead(200, { 'content-length': body.length, 'cache-control': 'public, max-age=31536000' });
      response.end(body);
      return;
    }
    const { size } = await stat(path);
    response.writeHead(200, { 'content-length': size, 'cache-control': 'public, max-age=31536000' });
    createReadStream(path).pipe(response);
  } catch {
    response.writeHead(404, { 'content-length': 0 }).end();
  }
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' && address ? address.port : 0 });
});
