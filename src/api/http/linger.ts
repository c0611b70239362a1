import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

export interface LingerLimits {
  mostBytes: number;
  mostMs: number;
  /** Without a byte for so long, nothing more is waited for. */
  silentMs: number;
}

const LOOK_EVERY_MS = 100;

/**
 * After an answer that came before the end of the request's body, reads on and throws away, within `limits`; then the
 * connection goes on, or ends when the body did not. Closing at once would reset it under the sender's hands: it
 * would see a broken connection in place of the answer (RFC 9112, section 9.6).
 */
export function linger(request: IncomingMessage, response: ServerResponse, limits: LingerLimits): void {
  const { headers } = request;
  if (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined) return;
  // Before Node's own listener, which may close the connection.
  response.prependOnceListener('finish', () => {
    if (request.complete || request.destroyed) return;
    const { socket } = request;
    const letGo = holdOpen(socket);
    // Whoever was given the bytes has answered without them, and must not gather or stop them.
    request.unpipe();
    request.removeAllListeners('data');
    request.resume();
    watch(request, limits, (ended) => letGo({ close: !ended }));
  });
}

/** Node closes at the end of an answer when the sender or the answer asked for it: that has to wait for the body too. */
function holdOpen(socket: Socket): (how: { close: boolean }) => void {
  const closeSoon = socket.destroySoon;
  let asked = false;
  socket.destroySoon = () => {
    asked = true;
  };
  return ({ close }) => {
    socket.destroySoon = closeSoon;
    if (close || asked) socket.destroySoon();
  };
}

function watch(request: IncomingMessage, limits: LingerLimits, done: (ended: boolean) => void): void {
  const { socket } = request;
  const begun = { at: performance.now(), bytes: socket.bytesRead };
  let last = begun;
  const look = () => {
    const now = performance.now();
    if (socket.bytesRead > last.bytes) last = { at: now, bytes: socket.bytesRead };
    const tooMuch =
      last.bytes - begun.bytes > limits.mostBytes ||
      now - begun.at > limits.mostMs ||
      now - last.at > limits.silentMs;
    if (tooMuch || request.complete || socket.destroyed) end();
  };
  const timer = setInterval(look, LOOK_EVERY_MS).unref();
  const end = () => {
    clearInterval(timer);
    request.off('end', end);
    socket.off('close', end);
    done(request.complete);
  };
  request.once('end', end);
  socket.once('close', end);
}
