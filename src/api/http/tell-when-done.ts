import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Context } from '#context.ts';
import { readPath } from './clean-request.ts';
import { maskedPath } from './masked-path.ts';
import { routeName } from './route-name.ts';

/** One line in the log, one more in the counts and one span, when the answer has ended. */
export function tellWhenDone(ctx: Context, request: IncomingMessage, response: ServerResponse): void {
  const start = performance.now();
  const { route, masked, ofPage, ofStream } = placeOf(request.url ?? '', ctx.config.adminPath);
  const { method = '' } = request;
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
    const seconds = ofStream ? null : ms / 1000;
    ctx.metrics.requestEnded({ method, route, status, seconds });
    span?.end(outcomeOf(status));
  });
}

interface Place {
  route: string;
  masked: string;
  ofPage: boolean;
  ofStream: boolean;
}

const MOST_PLACES = 1000;
const LONGEST_ADDRESS = 200;
const places = new Map<string, Place>();

/** A crowd asks for few addresses, and naming one costs more than all else that is told of it. */
function placeOf(address: string, adminPath: string): Place {
  const key = `${adminPath} ${address}`;
  const known = places.get(key);
  if (known) return known;
  const path = readPath(address) ?? '(not a path)';
  const route = routeName(path, adminPath);
  const place = {
    route,
    masked: maskedPath(path),
    ofPage: route !== '/_next/static/*',
    ofStream: route.startsWith('/api/streams/'),
  };
  if (places.size >= MOST_PLACES) places.delete(places.keys().next().value ?? '');
  if (address.length <= LONGEST_ADDRESS) places.set(key, place);
  return place;
}

function outcomeOf(status: number | null) {
  if (status === null) return { error: 'cut before an answer' };
  return {
    error: status >= 500 ? `answered ${status}` : null,
    facts: { 'http.response.status_code': status },
  };
}
