import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { readTfjsWeights, type WeightTensor } from '../models/read-tfjs-weights.ts';

export type FaceNetwork = 'ssd_mobilenetv1' | 'face_landmark_68' | 'face_recognition' | 'face_expression';
export type FaceWeights = (name: string) => WeightTensor;

/** The published weights of one network of face-api; asking for one that it does not have throws. */
export async function readFaceWeights(network: FaceNetwork): Promise<FaceWeights> {
  const packageFolder = dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json'));
  const weights = await readTfjsWeights(
    join(packageFolder, 'model', `${network}_model-weights_manifest.json`),
  );
  return (name) => {
    const tensor = weights.get(name);
    if (!tensor) throw new Error(`${network} has no ${name}`);
    return tensor;
  };
}
