// What of Amazon's answers is used, checked before it is believed: an answer without its list is no answer.
import { z } from 'zod';
import type {
  FaceMatch,
  IndexedFace,
  RecognisedFace,
  RecognisedLabel,
  RecognisedLine,
} from './recognition.ts';

const percent = z.number().min(0).max(100);
const box = z.object({ Left: z.number(), Top: z.number(), Width: z.number(), Height: z.number() });
const smile = z.object({ Value: z.boolean(), Confidence: percent });

const textDetection = z.object({
  DetectedText: z.string(),
  Type: z.enum(['LINE', 'WORD']),
  Id: z.number().int(),
  ParentId: z.number().int().nullish(),
  Confidence: percent,
  Geometry: z.object({ BoundingBox: box, Polygon: z.array(z.object({ X: z.number(), Y: z.number() })) }),
});
const faceDetail = z.object({ BoundingBox: box, Confidence: percent, Smile: smile.nullish() });

export const textAnswer = z.object({ TextDetections: z.array(textDetection) });
export const facesAnswer = z.object({ FaceDetails: z.array(faceDetail) });
export const indexAnswer = z.object({
  FaceRecords: z.array(
    z.object({
      Face: z.object({ FaceId: z.string(), BoundingBox: box, Confidence: percent }),
      FaceDetail: z.object({ Smile: smile.nullish() }).nullish(),
    }),
  ),
});
export const searchAnswer = z.object({
  FaceMatches: z.array(
    z.object({ Similarity: percent, Face: z.object({ FaceId: z.string(), ExternalImageId: z.string() }) }),
  ),
});
export const labelsAnswer = z.object({
  Labels: z.array(
    z.object({
      Name: z.string(),
      Confidence: percent,
      Instances: z.array(z.object({ BoundingBox: box })).nullish(),
    }),
  ),
});
export const listAnswer = z.object({
  Faces: z.array(z.object({ FaceId: z.string(), ExternalImageId: z.string().nullish() })),
  NextToken: z.string().nullish(),
});
export const deletedAnswer = z.object({ DeletedFaces: z.array(z.string()) });
export const collectionAnswer = z.object({ StatusCode: z.number().int() });

type TextDetection = z.output<typeof textDetection>;

export function toLines({ TextDetections: all }: z.output<typeof textAnswer>): RecognisedLine[] {
  return all
    .filter(({ Type }) => Type === 'LINE')
    .map((line) => ({
      ...toWord(line),
      words: all
        .filter(({ Type, ParentId }) => Type === 'WORD' && ParentId === line.Id)
        .sort((a, b) => a.Id - b.Id)
        .map(toWord),
    }));
}

export function toFaces({ FaceDetails }: z.output<typeof facesAnswer>): RecognisedFace[] {
  return FaceDetails.map((face) => ({
    box: toBox(face.BoundingBox),
    confidence: face.Confidence / 100,
    smile: toSmile(face.Smile),
  }));
}

export function toIndexedFaces({ FaceRecords }: z.output<typeof indexAnswer>): IndexedFace[] {
  return FaceRecords.map(({ Face, FaceDetail }) => ({
    faceId: Face.FaceId,
    box: toBox(Face.BoundingBox),
    confidence: Face.Confidence / 100,
    smile: toSmile(FaceDetail?.Smile),
  }));
}

export function toMatches({ FaceMatches }: z.output<typeof searchAnswer>): FaceMatch[] {
  return FaceMatches.map(({ Similarity, Face }) => ({
    faceId: Face.FaceId,
    photoId: Face.ExternalImageId,
    similarity: Similarity / 100,
  }));
}

export function toLabels({ Labels }: z.output<typeof labelsAnswer>): RecognisedLabel[] {
  return Labels.map(({ Name, Confidence, Instances }) => ({
    name: Name,
    confidence: Confidence / 100,
    boxes: (Instances ?? []).map(({ BoundingBox }) => toBox(BoundingBox)),
  }));
}

function toWord({ DetectedText, Confidence, Geometry }: TextDetection) {
  const { x, y, w, h } = toBox(Geometry.BoundingBox);
  const corners = Geometry.Polygon.map(({ X, Y }) => ({ x: X, y: Y }));
  const upright = [
    { x, y },
    { x: x + w, y },
    { x: x + w, y: y + h },
    { x, y: y + h },
  ];
  return {
    text: DetectedText,
    confidence: Confidence / 100,
    outline: corners.length >= 3 ? corners : upright,
  };
}

/** Amazon's boxes may reach out of the image. */
function toBox({ Left, Top, Width, Height }: z.output<typeof box>) {
  const within = (value: number) => Math.min(1, Math.max(0, value));
  const [x, y] = [within(Left), within(Top)];
  return { x, y, w: within(Left + Width) - x, h: within(Top + Height) - y };
}

/** Amazon says how sure it is of its yes or no. */
function toSmile(said: z.output<typeof smile> | null | undefined): number | null {
  if (!said) return null;
  return said.Value ? said.Confidence / 100 : 1 - said.Confidence / 100;
}
