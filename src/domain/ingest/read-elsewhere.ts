import type { Context } from '#context.ts';
import type { Analysis } from '#domain/matching/record-findings.ts';
import type { ProcessedPhoto } from '#domain/photos/find-photo-for-processing.ts';
import { isDomainError } from '#platform/errors.ts';
import type { Jpeg, RecognisedLabel, Recognition } from '#platform/recognition/recognition.ts';
import { chooseRecognisedText } from '#vision/bibs/choose-recognised-text.ts';
import type { AnalyseOptions, BibOptions } from '#vision/findings.ts';
import type { OriginalAnalysis } from './analyse-original.ts';
import { indexFacesElsewhere } from './index-faces-elsewhere.ts';
import { LEAST_LABEL_CONFIDENCE, toLabelFindings } from './recogniser-labels.ts';
import { recogniserVersion } from './recogniser-version.ts';
import { countRecognitionCall } from './recognition-cost.ts';
import { isAway } from './wait-for-provider.ts';

type Options = AnalyseOptions & { bibs: BibOptions };
type Found = Pick<Analysis, 'bibs' | 'dropped' | 'labels' | 'facesIndexed'>;

/** Bibs, labels and faces come from a recogniser outside; our engine decodes, and makes the rest. */
export async function readElsewhere(
  ctx: Context,
  recognition: Recognition,
  input: {
    photo: ProcessedPhoto;
    options: Options;
    analyse(options: AnalyseOptions): Promise<OriginalAnalysis>;
  },
): Promise<OriginalAnalysis> {
  const { photo, options } = input;
  // Nothing is decoded for a recogniser that is known to be away.
  if (recognition.pausedSeconds() > 0) return { outcome: 'away', provider: 'recognition' };
  const { bibs, labels, faces, ...own } = options;
  const read = await input.analyse({ ...own, recognitionJpeg: true });
  if (read.outcome !== 'analysed') return read;
  const { recognitionJpeg: jpeg, ...analysis } = read.analysis;
  if (!jpeg) throw new Error('the engine gave no picture to recognise');
  try {
    const found = await recognise(ctx, recognition, { photo, jpeg, options });
    const engine = { name: recognition.name, version: recogniserVersion(options) };
    return { outcome: 'analysed', analysis: { ...analysis, ...found, engine } };
  } catch (error) {
    if (isAway(error)) return { outcome: 'away', provider: 'recognition' };
    if (isRefusal(error)) return { outcome: 'unreadable', reason: 'recogniser-refused' };
    throw error;
  }
}

function isRefusal(error: unknown): boolean {
  return isDomainError(error) && error.code === 'bad-input';
}

async function recognise(
  ctx: Context,
  recognition: Recognition,
  input: { photo: ProcessedPhoto; jpeg: Jpeg; options: Options },
): Promise<Found> {
  const { photo, jpeg, options } = input;
  if (Math.min(jpeg.widthPx, jpeg.heightPx) < recognition.leastSidePx) return nothingOn(options);
  const place = { eventId: photo.eventId, photoId: photo.id };
  const lines = await recognition.detectText(jpeg);
  await countRecognitionCall(ctx, { ...place, operation: 'detect-text' });
  const labels = options.labels ? await recogniseLabels(ctx, recognition, place, jpeg) : null;
  const indexed = options.faces ? await indexFacesElsewhere(ctx, recognition, { ...place, jpeg }) : null;
  const smiles = (indexed?.faces ?? []).flatMap(({ smile }) => smile ?? []);
  const chosen = chooseRecognisedText(lines, jpeg, options.bibs);
  const { widthPx, heightPx } = jpeg;
  return {
    ...chosen,
    ...(labels && { labels: toLabelFindings(labels, { widthPx, heightPx, bibs: chosen.bibs, smiles }) }),
    ...(indexed && { facesIndexed: indexed.count }),
  };
}

/** Of a picture too small to be sent. */
function nothingOn({ labels }: Options): Found {
  return { bibs: [], dropped: [], ...(labels && { labels: [] }) };
}

async function recogniseLabels(
  ctx: Context,
  recognition: Recognition,
  place: { eventId: string; photoId: string },
  jpeg: Jpeg,
): Promise<RecognisedLabel[]> {
  const said = await recognition.detectLabels(jpeg, LEAST_LABEL_CONFIDENCE);
  await countRecognitionCall(ctx, { ...place, operation: 'detect-labels' });
  return said;
}
