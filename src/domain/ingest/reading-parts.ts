import type { ProcessingMode } from '#domain/credits/credits.ts';
import type { EventRow } from '#domain/events/event.ts';
import { mayComputeFaces } from '#domain/events/may-compute-faces.ts';
import type { CurrentVersions } from '#domain/photos/ask-rereading.ts';
import type { Config } from '#platform/config.ts';
import { engineVersion } from '#vision/engine-version.ts';
import type { AnalyseOptions } from '#vision/findings.ts';
import { recogniserVersion } from './recogniser-version.ts';

type Options = Pick<EventRow, 'detectLabels' | 'faceMode' | 'faceModeEndsAt' | 'hasMinors'>;
type Switches = Pick<Config, 'aiAutoEditEnabled' | 'aiLabelDetectionEnabled' | 'aiFaceIndexEnabled'>;
export type ReadingParts = Required<Pick<AnalyseOptions, 'quality' | 'faces' | 'labels' | 'crops' | 'edit'>>;

/** What is looked for on a photo besides its bibs, by what was paid for it, the event's options and the operator's switches. */
export function readingParts(input: {
  event: Options;
  processingMode: ProcessingMode;
  config: Switches;
  now: Date;
}): ReadingParts {
  const { event, processingMode, config, now } = input;
  const premium = processingMode === 'premium';
  return {
    quality: true,
    crops: true,
    edit: config.aiAutoEditEnabled,
    labels: premium && event.detectLabels && config.aiLabelDetectionEnabled,
    faces: premium && config.aiFaceIndexEnabled && mayComputeFaces(event, now),
  };
}

/** The mode in which an event's photos are paid for now: nobody pays for premium where it would give nothing more. */
export function paidMode(
  event: Options & Pick<EventRow, 'processingMode'>,
  config: Switches,
  now: Date,
): ProcessingMode {
  const parts = readingParts({ event, processingMode: event.processingMode, config, now });
  return parts.labels || parts.faces ? event.processingMode : 'lite';
}

/** By processing mode: the version that a photo of the event would be read with now. */
export function currentVersions(
  event: Options,
  config: Switches & Pick<Config, 'aiEngine'>,
  now: Date,
): CurrentVersions {
  const versionOf = config.aiEngine === 'offline' ? engineVersion : recogniserVersion;
  const version = (processingMode: ProcessingMode) =>
    versionOf({ ...readingParts({ event, processingMode, config, now }), bibs: {} });
  return { lite: version('lite'), premium: version('premium') };
}
