import { learnStyle } from '#vision/bibs/event-style.ts';
import { judgeReads } from '#vision/bibs/judge-reads.ts';
import type { BibOptions } from '#vision/findings.ts';
import type { PhotoResult } from './read-photos.ts';

/** The photos of one event, their reads judged once more by what the sure ones of all photos look like. Nothing is read
 *  again; with few sure reads nothing changes. */
export function judgeTogether(results: readonly PhotoResult[], options: BibOptions): PhotoResult[] {
  const style = learnStyle(results.flatMap(({ analysis }) => analysis?.bibs ?? []));
  if (!style) return [...results];
  return results.map((result) => {
    if (!result.analysis) return result;
    const { bibs = [], dropped = [] } = result.analysis;
    return {
      ...result,
      analysis: { ...result.analysis, ...judgeReads([...bibs, ...dropped], { ...options, style }) },
    };
  });
}
