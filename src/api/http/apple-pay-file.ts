import { readFile, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';

const NAME = 'apple-developer-merchantid-domain-association';
/** Apple's own is about 9 kB. */
const MOST_BYTES = 64 * 1024;

/**
 * Apple asks for this file before its wallet shows on a domain; the operator puts it into DATA_DIR. True when the request
 * was for it and is answered; false when it is another's, or there is no such file.
 */
export async function answerApplePayFile(
  config: { dataDir: string },
  request: Pick<IncomingMessage, 'method'>,
  response: ServerResponse,
  path: string,
): Promise<boolean> {
  if (path !== `/.well-known/${NAME}` || (request.method !== 'GET' && request.method !== 'HEAD'))
    return false;
  const file = join(config.dataDir, NAME);
  const found = await stat(file).catch(() => null);
  if (!found?.isFile() || found.size > MOST_BYTES) return false;
  const body = await readFile(file);
  response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8', 'content-length': body.length });
  response.end(request.method === 'HEAD' ? undefined : body);
  return true;
}
