import { bibEngines, defaultBibEngine } from './bibs/engines.ts';
import { readClockCode } from './clock-code/read-clock-code.ts';
import { chooseCrops } from './crops/choose-crops.ts';
import { planEdit } from './edit/plan-edit.ts';
import { engineVersion } from './engine-version.ts';
import { detectFaces } from './faces/detect-faces.ts';
import { linkFacesToBibs } from './faces/link-faces-to-bibs.ts';
import type { AnalyseOptions, BibRead, PhotoAnalysis } from './findings.ts';
import { labelPhoto } from './labels/label-photo.ts';
import { dressPersons } from './persons/clothing.ts';
import { detectPersons } from './persons/detect-persons.ts';
import { decodePhoto, type Pixels } from './pixels/decode-photo.ts';
import { makePlaceholder } from './pixels/make-placeholder.ts';
import { makeRecognitionJpeg } from './pixels/make-recognition-jpeg.ts';
import { makeMiniature, makeRenditions } from './pixels/make-renditions.ts';
import { perceptualHash } from './pixels/perceptual-hash.ts';
import { readCapture } from './pixels/read-capture.ts';
import { resizePixels } from './pixels/resize-pixels.ts';
import { measureQuality } from './quality/measure-quality.ts';
import { findTorso } from './quality/subject-area.ts';

/** Enough for everything but reading and selling. */
const smallLongSidePx = 1024;
const engine = bibEngines[defaultBibEngine]();

export function warmUp(): Promise<void> {
  return engine.warmUp();
}

/** All that is asked about one photo, from one decode. Throws `PhotoFailure`. Decodes strangers' bytes: call it
 *  through the engine pool, never in a process that holds secrets. */
export async function analysePhoto(bytes: Uint8Array, options: AnalyseOptions): Promise<PhotoAnalysis> {
  const cpuAtStart = process.cpuUsage();
  const { pixels, metadata, format, widthPx, heightPx } = await decodePhoto(
    bytes,
    options.bibs || options.faces || options.recognitionJpeg ? 'read' : 'show',
  );
  const capture = await readCapture(metadata);
  const needsPersons = options.labels || options.crops || options.quality || options.edit;
  const small = await resizePixels(pixels, smallLongSidePx);
  const reading = options.bibs ? await engine.readBibs(pixels, options.bibs) : null;
  const found = reading && { bibs: reading.bibs, dropped: reading.dropped };
  const faces = options.faces
    ? linkFacesToBibs(await detectFaces(pixels, widthPx), found?.bibs ?? [], widthPx / heightPx)
    : undefined;
  const seen = [...(reading?.bibs ?? []), ...(reading?.dropped ?? [])].map(({ box }) => box);
  const persons = needsPersons ? dressPersons(small, await detectPersons(small), seen) : undefined;
  const subjects = persons && {
    widthPx,
    heightPx,
    persons,
    bibs: reading?.bibs ?? [],
    dropped: reading?.dropped,
    words: reading?.words,
    faces,
  };
  const quality = options.quality
    ? await measureQuality(
        small,
        findTorso({ ...found, persons, faces }),
        persons?.map(({ box }) => box),
      )
    : null;
  const edit = options.edit ? await planEdit(small, { ...found, persons, faces }) : null;
  const renditions = options.renditions ? await makeRenditions(pixels, options.renditions) : null;
  const miniature = options.miniature ? await makeMiniature(small, options.miniature) : null;
  const recognitionJpeg = options.recognitionJpeg ? await makeRecognitionJpeg(pixels) : null;
  const look = await describeLook(small, found?.bibs ?? []);
  const { user, system } = process.cpuUsage(cpuAtStart);
  return {
    widthPx,
    heightPx,
    format,
    capture,
    ...look,
    ...(quality && { quality }),
    ...found,
    ...(faces && { faces }),
    ...(persons && { persons }),
    ...(subjects && options.labels && { labels: labelPhoto(subjects) }),
    ...(subjects && options.crops && { crops: chooseCrops(subjects) }),
    ...(edit && { edit }),
    ...(renditions && { renditions }),
    ...(miniature && { miniature }),
    ...(recognitionJpeg && { recognitionJpeg }),
    cpuMs: Math.round((user + system) / 1000),
    engine: { name: engine.name.name, version: engineVersion(options) },
  };
}

/** What every photo is described by, whatever was asked. */
async function describeLook(small: Pixels, bibs: readonly BibRead[]) {
  // A photo of the clock page shows no runner.
  const clockCode = bibs.some(({ kind }) => kind === 'sure') ? null : readClockCode(small);
  return {
    ...(await makePlaceholder(small)),
    perceptualHash: await perceptualHash(small),
    ...(clockCode && { clockCode }),
  };
}
