// Amazon Rekognition's way of speaking (JSON 1.1 over HTTP), on this machine, with the faults of a bad day.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

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

export interface SaidText {
  text: string;
  /** 0..100. */
  confidence?: number;
  /** Normalised. */
  box?: { x: number; y: number; w: number; h: number };
}

export interface RekognitionServer {
  readonly url: string;
  /** Targets of all calls in order, such as `DetectText`, with what was answered. */
  readonly calls: { target: string; status: number; atMs: number }[];
  /** Face ids and photos by collection. */
  readonly collections: Map<string, { faceId: string; externalImageId: string }[]>;
  fault: RekognitionFault;
  texts: SaidText[];
  labels: { name: string; confidence: number; instances?: number }[];
  faces: number;
  answered(target: string): number;
  close(): Promise<void>;
}

interface Refusal {
  status: number;
  type: string;
}
type Handler = (server: RekognitionServer, input: Record<string, unknown>) => object | Refusal;

const BOX = { Left: 0.4, Top: 0.2, Width: 0.1, Height: 0.1 };

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
    answered: (target) => server.calls.filter((call) => call.target === target && call.status === 200).length,
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
  const result = 'type' in asked ? asked : (HANDLERS[target]?.(server, asked) ?? UNKNOWN);
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

/** The operations' own refusals: a picture that is no JPEG, a collection that is not there. */
function withImage(work: Handler): Handler {
  return (server, input) => {
    const { Image } = input as { Image?: { Bytes?: string } };
    const bytes = Buffer.from(Image?.Bytes ?? '', 'base64');
    if (bytes.length > 5_242_880) return { status: 400, type: 'ImageTooLargeException' };
    if (bytes.readUIntBE(0, 3) !== 0xffd8ff) return { status: 400, type: 'InvalidImageFormatException' };
    return work(server, input);
  };
}

function withCollection(
  work: (
    faces: { faceId: string; externalImageId: string }[],
    input: Record<string, unknown>,
    server: RekognitionServer,
  ) => object | Refusal,
): Handler {
  return (server, input) => {
    const faces = server.collections.get(String(input.CollectionId));
    return faces ? work(faces, input, server) : { status: 400, type: 'ResourceNotFoundException' };
  };
}

const detail = { BoundingBox: BOX, Confidence: 99.9, Smile: { Value: true, Confidence: 90 } };

const HANDLERS: Record<string, Handler> = {
  DetectText: withImage(({ texts }) => ({
    TextDetections: texts.flatMap((said, index) => {
      const words = said.text.split(' ');
      const line = detection({ said, id: index * 10, type: 'LINE', share: [0, 1] });
      return [
        line,
        ...words.map((text, at) =>
          detection({
            said: { ...said, text },
            id: index * 10 + at + 1,
            type: 'WORD',
            parent: index * 10,
            share: [at / words.length, (at + 0.8) / words.length],
          }),
        ),
      ];
    }),
    TextModelVersion: '3.0',
  })),
  DetectFaces: withImage(({ faces }) => ({ FaceDetails: Array.from({ length: faces }, () => detail) })),
  DetectLabels: withImage(({ labels }, { MinConfidence }) => ({
    Labels: labels
      .filter(({ confidence }) => confidence >= Number(MinConfidence))
      .map(({ name, confidence, instances = 0 }) => ({
        Name: name,
        Confidence: confidence,
        Instances: Array.from({ length: instances }, () => ({ BoundingBox: BOX, Confidence: confidence })),
        Parents: [],
      })),
    LabelModelVersion: '3.0',
  })),
  CreateCollection: ({ collections }, { CollectionId }) => {
    const id = String(CollectionId);
    if (collections.has(id)) return { status: 400, type: 'ResourceAlreadyExistsException' };
    collections.set(id, []);
    return {
      StatusCode: 200,
      CollectionArn: `aws:rekognition:eu-west-1:1:collection/${id}`,
      FaceModelVersion: '7.0',
    };
  },
  DeleteCollection: withCollection((_faces, { CollectionId }, { collections }) => {
    collections.delete(String(CollectionId));
    return { StatusCode: 200 };
  }),
  IndexFaces: withImage(
    withCollection((kept, { ExternalImageId }, { faces }) => {
      const added = Array.from({ length: faces }, () => ({
        faceId: randomUUID(),
        externalImageId: String(ExternalImageId),
      }));
      kept.push(...added);
      return {
        FaceRecords: added.map(({ faceId }) => ({
          Face: { FaceId: faceId, BoundingBox: BOX, Confidence: 99.9, ExternalImageId },
          FaceDetail: detail,
        })),
        UnindexedFaces: [],
      };
    }),
  ),
  SearchFacesByImage: withImage(
    withCollection((kept, { MaxFaces }, { faces }) => {
      if (faces === 0) return { status: 400, type: 'InvalidParameterException' };
      return {
        SearchedFaceBoundingBox: BOX,
        FaceMatches: kept.slice(0, Number(MaxFaces)).map(({ faceId, externalImageId }) => ({
          Similarity: 97.654321,
          Face: { FaceId: faceId, ExternalImageId: externalImageId, BoundingBox: BOX, Confidence: 99 },
        })),
      };
    }),
  ),
  ListFaces: withCollection((kept, { MaxResults, NextToken }) => {
    const from = Number(NextToken ?? 0);
    const to = from + Math.min(Number(MaxResults), 2);
    return {
      Faces: kept.slice(from, to).map(({ faceId, externalImageId }) => ({
        FaceId: faceId,
        ExternalImageId: externalImageId,
        BoundingBox: BOX,
        Confidence: 99,
      })),
      ...(to < kept.length ? { NextToken: String(to) } : {}),
    };
  }),
  DeleteFaces: withCollection((kept, { FaceIds, CollectionId }, { collections }) => {
    const doomed = new Set(FaceIds as string[]);
    collections.set(
      String(CollectionId),
      kept.filter(({ faceId }) => !doomed.has(faceId)),
    );
    return { DeletedFaces: [...doomed], UnsuccessfulFaceDeletions: [] };
  }),
};

function detection(options: {
  said: SaidText;
  id: number;
  type: 'LINE' | 'WORD';
  parent?: number;
  share: [from: number, to: number];
}) {
  const { said, id, type, parent, share } = options;
  const { x, y, w, h } = said.box ?? { x: 0.4, y: 0.5, w: 0.04 * said.text.length * 0.6, h: 0.06 };
  const [left, right] = [x + w * share[0], x + w * share[1]];
  return {
    DetectedText: said.text,
    Type: type,
    Id: id,
    ...(parent === undefined ? {} : { ParentId: parent }),
    Confidence: said.confidence ?? 99.2,
    Geometry: {
      BoundingBox: { Left: left, Top: y, Width: right - left, Height: h },
      Polygon: [
        { X: left, Y: y },
        { X: right, Y: y },
        { X: right, Y: y + h },
        { X: left, Y: y + h },
      ],
    },
  };
}
