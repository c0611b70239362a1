import type { Config } from '#platform/config.ts';
import type { Quality } from '#vision/findings.ts';

/** How a photo's quality stands beside it. Under the operator's threshold it counts as blurry, whatever the reason. */
export function qualityColumns(quality: Quality | undefined, config: Pick<Config, 'aiQualityThreshold'>) {
  return {
    qualityScore: quality ? Math.round(quality.score) : null,
    blurry: quality ? quality.blurry || quality.score < config.aiQualityThreshold : null,
  };
}
