import {
  DetectFacesCommand,
  DetectLabelsCommand,
  DetectTextCommand,
  RekognitionClient,
} from '@aws-sdk/client-rekognition';
import { type GuardOptions, guardCalls } from './guard-calls.ts';
import type { Recognition } from './recognition.ts';
import { facesAnswer, labelsAnswer, textAnswer, toFaces, toLabels, toLines } from './rekognition-answers.ts';
import { detect, LEAST_SIDE_PX, sendThrough } from './rekognition-calls.ts';
import { openCollections } from './rekognition-collections.ts';

interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
}

export interface RekognitionOptions extends GuardOptions {
  region: string;
  /** Left out, the SDK looks for them itself: environment, profile, instance role. */
  credentials?: Credentials | (() => Promise<Credentials>);
  /** Another address than Amazon's own in the region. */
  endpointUrl?: string | null;
  /** Collections are called `<prefix>-<event id>`. */
  collectionPrefix: string;
}

const MOST_LABELS = 100;
const CREDENTIALS_MS = 3000;

/** Amazon Rekognition. The SDK tries once: what is tried again takes its turn again. */
export function openRekognition(options: RekognitionOptions): Recognition {
  const client = new RekognitionClient({
    region: options.region,
    ...(options.endpointUrl ? { endpoint: options.endpointUrl } : {}),
    ...(options.credentials ? { credentials: options.credentials } : {}),
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 3000 },
  });
  const guard = guardCalls(options);
  const send = sendThrough(guard);
  const collectionOf = (eventId: string) => `${options.collectionPrefix}-${eventId}`;
  const faces = openCollections(client, send, collectionOf);

  return {
    name: 'rekognition',
    leastSidePx: LEAST_SIDE_PX,
    detectText: (jpeg) =>
      detect(jpeg, async (Image) =>
        toLines(
          await send('detect-text', textAnswer, (abortSignal) =>
            client.send(new DetectTextCommand({ Image }), { abortSignal }),
          ),
        ),
      ),
    detectFaces: (jpeg) =>
      detect(jpeg, async (Image) =>
        toFaces(
          await send('detect-faces', facesAnswer, (abortSignal) =>
            client.send(new DetectFacesCommand({ Image, Attributes: ['DEFAULT', 'SMILE'] }), { abortSignal }),
          ),
        ),
      ),
    detectLabels: (jpeg, leastConfidence) =>
      detect(jpeg, async (Image) =>
        toLabels(
          await send('detect-labels', labelsAnswer, (abortSignal) =>
            client.send(
              new DetectLabelsCommand({
                Image,
                MaxLabels: MOST_LABELS,
                MinConfidence: leastConfidence * 100,
              }),
              { abortSignal },
            ),
          ),
        ),
      ),
    ...faces,
    pausedSeconds: () => Math.ceil(guard.pausedMs() / 1000),
    hasCredentials: async () => {
      const late = new Promise<never>((_, reject) => {
        setTimeout(() => reject(new Error('no credentials in time')), CREDENTIALS_MS).unref();
      });
      return Promise.race([client.config.credentials(), late]).then(
        () => true,
        () => false,
      );
    },
  };
}
