import type { InferenceSession } from 'onnxruntime-node';
import { type ModelRecipe, openConvertedModel } from '../models/converted-model.ts';

type FaceModel = 'detector' | 'landmarks' | 'recogniser' | 'expressions';

/** Conversions are loaded only where a file has to be made. */
const recipes: Record<FaceModel, ModelRecipe> = {
  detector: {
    name: 'face-detector',
    version: 1,
    convert: async () => (await import('./convert-face-detector.ts')).convertFaceDetector(),
    trial: {
      inputDimensions: [1, 3, 128, 160],
      digest: [2.10209, 2.56927, 1.02818, -2.04369, 0.575152, 0.277664, -1.29235, -0.727744],
    },
  },
  landmarks: {
    name: 'face-landmarks',
    version: 1,
    convert: async () => (await import('./convert-face-reader.ts')).convertLandmarkReader(),
    trial: { inputDimensions: [1, 3, 112, 112], digest: [0.55138, 0.234479, -1.18763, 1.25641] },
  },
  recogniser: {
    name: 'face-recogniser',
    version: 1,
    convert: async () => (await import('./convert-face-recogniser.ts')).convertFaceRecogniser(),
    trial: { inputDimensions: [1, 3, 150, 150], digest: [0.116459, 0.131572, -0.0444261, -0.0526431] },
  },
  expressions: {
    name: 'face-expressions',
    version: 1,
    convert: async () => (await import('./convert-face-reader.ts')).convertExpressionReader(),
    trial: { inputDimensions: [1, 3, 112, 112], digest: [0.310826, 0.285036, 0.303989, 0.315745] },
  },
};

const opened = new Map<FaceModel, Promise<InferenceSession>>();

/** Opened when first asked for, then kept by the process: a photo outside face mode never gets here. */
export function openFaceModel(model: FaceModel): Promise<InferenceSession> {
  const known = opened.get(model);
  if (known) return known;
  const opening = openConvertedModel(recipes[model]);
  opened.set(model, opening);
  // A failure, such as a full memory, must not be remembered for good.
  opening.catch(() => opened.delete(model));
  return opening;
}
