// What Amazon Rekognition answers to each operation, in its own shapes, in a world that the test describes.
import { randomUUID } from 'node:crypto';

interface SaidText {
  text: string;
  /** 0..100. */
  confidence?: number;
  /** Normalised. */
  box?: { x: number; y: number; w: number; h: number };
}

export interface RekognitionWorld {
  /** Face ids and photos by collection. */
  readonly collections: Map<string, { faceId: string; externalImageId: string }[]>;
  texts: SaidText[];
  labels: { name: string; confidence: number; instances?: number }[];
  faces: number;
}

export interface Refusal {
  status: number;
  type: string;
}
type Handler = (server: RekognitionWorld, input: Record<string, unknown>) => object | Refusal;

const BOX = { Left: 0.4, Top: 0.2, Width: 0.1, Height: 0.1 };

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
    server: RekognitionWorld,
  ) => object | Refusal,
): Handler {
  return (server, input) => {
    const faces = server.collections.get(String(input.CollectionId));
    return faces ? work(faces, input, server) : { status: 400, type: 'ResourceNotFoundException' };
  };
}

const detail = { BoundingBox: BOX, Confidence: 99.9, Smile: { Value: true, Confidence: 90 } };

export const operations: Record<string, Handler> = {
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
