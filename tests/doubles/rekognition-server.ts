// Amazon Rekognition's way of speaking (JSON 1.1 over HTTP), on this machine, with the faults of a bad day.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { operations, type Refusal, type RekognitionWorld } from './rekognition-operations.ts';

/** `throttle` and `quota` answer as Amazon does over its limits; `empty` is 200 without a body, `nothing` 200 with `{}`. */
export type RekognitionFault =
  | { kind: 'none' }
  | { kind: 'throttle'; callsPerSecond: number }
  | {
      kind:
        | 'quota'
        | 'garbage'
        | 'empty'
        | 'nothing'
        | 'invalid-image'
        | 'hang'
        | 'cut'
        | 'error-500'
        | 'denied';
    };

export interface RekognitionServer extends RekognitionWorld {
  readonly url: string;
  /** Targets of all calls in order, such as `DetectText`, with what was answered. */
  readonly calls: { target: string; status: number; atMs: number }[];
  fault: RekognitionFault;
  close(): Promise<void>;
}

export async function openRekognitionServer(): Promise<RekognitionServer> {
  const http = createServer((request, response) => {
    void answer(server, request, response);
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const server: RekognitionServer = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    calls: [],
    collections: new Map(),
    fault: { kind: 'none' },
    texts: [],
    labels: [],
    faces: 0,
    close: async () => {
      http.closeAllConnections();
      http.close();
      await once(http, 'close');
    },
  };
  return server;
}

async function answer(server: RekognitionServer, request: IncomingMessage, response: ServerResponse) {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const target = /^RekognitionService\.(\w+)$/.exec(String(request.headers['x-amz-target']))?.[1] ?? '?';
  const call = { target, status: 0, atMs: performance.now() };
  server.calls.push(call);
  const end = (status: number, body: string, headers: Record<string, string> = {}) => {
    call.status = status;
    const type = { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': randomUUID() };
    response.writeHead(status, { ...type, ...headers }).end(body);
  };
  const refuse = ({ status, type }: Refusal) =>
    end(status, JSON.stringify({ __type: type, Message: messageOf(type) }), { 'x-amzn-errortype': type });

  const fault = faultNow(server);
  if (fault === 'hang') return;
  if (fault === 'cut') {
    response.writeHead(200, { 'content-length': '5000' }).write('{"TextDetections":[');
    response.destroy();
    return;
  }
  if (fault === 'garbage') return end(200, '<html>{"TextDetections":');
  if (fault === 'empty') return end(200, '');
  if (fault === 'nothing') return end(200, '{}');
  if (fault) return refuse(fault);
  const asked = requestFault(request, target) ?? JSON.parse(Buffer.concat(chunks).toString('utf8'));
  const result = 'type' in asked ? asked : (operations[target]?.(server, asked) ?? UNKNOWN);
  if ('type' in result) return refuse(result as Refusal);
  end(200, JSON.stringify(result));
}

const UNKNOWN: Refusal = { status: 400, type: 'UnknownOperationException' };

function faultNow(
  server: RekognitionServer,
): 'hang' | 'cut' | 'garbage' | 'empty' | 'nothing' | Refusal | null {
  const { fault } = server;
  if (fault.kind === 'throttle') {
    const since = performance.now() - 1000;
    const inLastSecond = server.calls.filter((call) => call.status === 200 && call.atMs > since).length;
    return inLastSecond < fault.callsPerSecond ? null : { status: 500, type: 'ThrottlingException' };
  }
  if (fault.kind === 'quota') return { status: 400, type: 'ProvisionedThroughputExceededException' };
  if (fault.kind === 'invalid-image') return { status: 400, type: 'InvalidImageFormatException' };
  if (fault.kind === 'error-500') return { status: 500, type: 'InternalServerError' };
  if (fault.kind === 'denied') return { status: 400, type: 'UnrecognizedClientException' };
  return fault.kind === 'none' ? null : fault.kind;
}

/** What Amazon would refuse before it looks at the image. */
function requestFault(request: IncomingMessage, target: string): Refusal | null {
  const { authorization = '', 'content-type': type } = request.headers;
  if (request.method !== 'POST' || type !== 'application/x-amz-json-1.1' || target === '?') return UNKNOWN;
  const signed = /^AWS4-HMAC-SHA256 Credential=\S+\/rekognition\/aws4_request, /.test(authorization);
  return signed ? null : { status: 400, type: 'MissingAuthenticationTokenException' };
}

function messageOf(type: string): string {
  if (type === 'InvalidParameterException') return 'There are no faces in the image. Should be at least 1.';
  return type.endsWith('ThrottlingException') ? 'Rate exceeded' : `told by the test: ${type}`;
}
