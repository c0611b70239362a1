import {
  CreateCollectionCommand,
  DeleteCollectionCommand,
  DeleteFacesCommand,
  IndexFacesCommand,
  type IndexFacesCommandInput,
  ListFacesCommand,
  type RekognitionClient,
  SearchFacesByImageCommand,
} from '@aws-sdk/client-rekognition';
import type { Recognition } from './recognition.ts';
import { recognitionUnavailable } from './recognition-errors.ts';
import {
  collectionAnswer,
  deletedAnswer,
  indexAnswer,
  listAnswer,
  searchAnswer,
  toIndexedFaces,
  toMatches,
} from './rekognition-answers.ts';
import { detect, only, type Send } from './rekognition-calls.ts';

const MOST_FACES = 50;
const FACES_PER_PAGE = 4096;
/** Four million faces in one event. */
const MOST_PAGES = 1000;

type Collections = Pick<
  Recognition,
  'indexFaces' | 'searchFacesByImage' | 'deleteFaces' | 'deleteCollection'
>;

/** Faces of events, each in a collection of its own that is made when the first face comes. */
export function openCollections(
  client: RekognitionClient,
  send: Send,
  collectionOf: (eventId: string) => string,
): Collections {
  return {
    indexFaces: (eventId, photoId, jpeg) =>
      detect(jpeg, async (image) => {
        const collection = collectionOf(eventId);
        const asked = { collection, photoId, image };
        const first = await index(client, send, asked).catch(only('missing'));
        if (first) return toIndexedFaces(first);
        await create(client, send, collection);
        const second = await index(client, send, asked).catch(only('missing'));
        if (!second) throw recognitionUnavailable('a collection just made is not there yet');
        return toIndexedFaces(second);
      }),
    searchFacesByImage: (eventId, jpeg, wish) =>
      detect(jpeg, async (Image) => {
        const asked = {
          CollectionId: collectionOf(eventId),
          Image,
          FaceMatchThreshold: wish.leastSimilarity * 100,
          MaxFaces: wish.limit,
        };
        const found = await send('search-faces', searchAnswer, (abortSignal) =>
          client.send(new SearchFacesByImageCommand(asked), { abortSignal }).catch(withoutFaces),
        ).catch(only('missing'));
        return found ? toMatches(found) : [];
      }),
    deleteFaces: async (eventId, photoIds) => {
      const CollectionId = collectionOf(eventId);
      const wanted = new Set(photoIds);
      const doomed = await listFaces(client, send, CollectionId, wanted);
      for (let start = 0; start < doomed.length; start += FACES_PER_PAGE) {
        const FaceIds = doomed.slice(start, start + FACES_PER_PAGE);
        await send('collections', deletedAnswer, (abortSignal) =>
          client.send(new DeleteFacesCommand({ CollectionId, FaceIds }), { abortSignal }),
        ).catch(only('missing'));
      }
    },
    deleteCollection: async (eventId) => {
      await send('collections', collectionAnswer, (abortSignal) =>
        client.send(new DeleteCollectionCommand({ CollectionId: collectionOf(eventId) }), { abortSignal }),
      ).catch(only('missing'));
    },
  };
}

function index(
  client: RekognitionClient,
  send: Send,
  asked: { collection: string; photoId: string; image: { Bytes: Uint8Array } },
) {
  const wish = {
    CollectionId: asked.collection,
    ExternalImageId: asked.photoId,
    Image: asked.image,
    MaxFaces: MOST_FACES,
    QualityFilter: 'AUTO',
    DetectionAttributes: ['DEFAULT', 'SMILE'],
  } satisfies IndexFacesCommandInput;
  return send('index-faces', indexAnswer, (abortSignal) =>
    client.send(new IndexFacesCommand(wish), { abortSignal }),
  );
}

async function create(client: RekognitionClient, send: Send, CollectionId: string): Promise<void> {
  await send('collections', collectionAnswer, (abortSignal) =>
    client.send(new CreateCollectionCommand({ CollectionId }), { abortSignal }),
  ).catch(only('exists'));
}

async function listFaces(
  client: RekognitionClient,
  send: Send,
  CollectionId: string,
  photoIds: ReadonlySet<string>,
): Promise<string[]> {
  const found: string[] = [];
  let NextToken: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const asked = { CollectionId, MaxResults: FACES_PER_PAGE, ...(NextToken ? { NextToken } : {}) };
    const answer = await send('collections', listAnswer, (abortSignal) =>
      client.send(new ListFacesCommand(asked), { abortSignal }),
    ).catch(only('missing'));
    if (!answer) return [];
    const own = answer.Faces.filter(({ ExternalImageId }) => photoIds.has(ExternalImageId ?? ''));
    found.push(...own.map(({ FaceId }) => FaceId));
    if (!answer.NextToken) return found;
    NextToken = answer.NextToken;
  }
  throw recognitionUnavailable('a collection without end');
}

/** A search by a picture without a face is refused as a wrong parameter, told apart by its text alone. */
function withoutFaces(error: unknown) {
  if (error instanceof Error && /no faces/i.test(error.message)) return { FaceMatches: [] };
  throw error;
}
