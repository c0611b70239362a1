import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Context } from '#context.ts';
import { readPath } from './clean-request.ts';
import { maskedPath } from './masked-path.ts';
import { routeName } from './route-name.ts';

/** One line in the log, one more in the counts and one span, when the answer has ended. */
export function tellWhenDone(ctx: Context, request: IncomingMessage, response: ServerResponse): void {
  const start = performance.now();
  const path = readPath(request.url) ?? '(not a path)';
  const route = routeName(path, ctx.config.adminPath);
  const masked = maskedPath(path);
  const { method = '' } = request;
  const ofPage = route !== '/_next/static/*';
  const span = ofPage
    ? ctx.traces.begin('answers', `${method} ${route}`, {
        'http.request.method': method,
        'http.route': route,
      })
    : null;
  response.once('close', () => {
    const ms = performance.now() - start;
    const status = response.headersSent ? response.statusCode : null;
    const facts = {
      method,
      path: masked,
      status: response.statusCode,
      ms: Math.round(ms * 10) / 10,
      ...(response.writableFinished ? {} : { cut: true }),
    };
    if (ofPage) ctx.log.info(facts, 'request');
    else ctx.log.debug(facts, 'request');
    // A stream lasts for as long as its visitor stays, which says nothing of our speed.
    const seconds = route.startsWith('/api/streams/') ? null : ms / 1000;
    ctx.metrics.requestEnded({ method, route, status, seconds });
    span?.end(outcomeOf(status));
  });
}

function outcomeOf(status: number | null) {
  if (status === null) return { error: 'cut before an answer' };
  return {
    error: status >= 500 ? `answered ${status}` : null,
    facts: { 'http.response.status_code': status },
  };
}
